export default {
  about: {
    'whisper-tiny': 'El más rápido para todos los idiomas; para borradores y máquinas con poca memoria.',
    'whisper-tiny_en': 'Como tiny, pero mejor en inglés.',
    'whisper-base': 'El predeterminado: todos los idiomas, rápido en cualquier máquina.',
    'whisper-base_en': 'Como base, pero mejor en inglés.',
    'whisper-small': 'Todos los idiomas, claramente mejor que base, con el triple de trabajo.',
    'whisper-small_en': 'Como small, pero mejor en inglés.',
    'whisper-distil-small_en':
      'Inglés, el codificador de small con un decodificador de cuatro capas: más rápido que small.en y casi igual de bueno.',
    'whisper-medium': 'Todos los idiomas; turbo es mejor y más rápido en la mayoría.',
    'whisper-medium_en': 'Como medium, pero mejor en inglés.',
    'whisper-distil-large-v3_5':
      'Inglés, el codificador de large-v3 con un decodificador de dos capas: casi tan bueno como turbo, y más rápido.',
    'whisper-turbo':
      'large-v3 con un decodificador pequeño: casi igual de bueno y mucho más rápido. No traduce.',
    'whisper-large-v3': 'El mejor Whisper para idiomas distintos del inglés; lento sin una máquina potente.',
    'parakeet-v2': 'Inglés con puntuación y tiempos de palabra; el mejor para inglés, y rápido.',
    'parakeet-v3': '25 idiomas europeos con puntuación y tiempos de palabra; rápido.',
    'canary-180m':
      'Inglés, alemán, español y francés, pequeño; hay que indicar el idioma. Traduce al inglés.',
    'moonshine-tiny': 'Inglés, diminuto y rápido.',
    'moonshine-base': 'Inglés, pequeño y rápido.',
    'sense-voice': 'Chino, cantonés, japonés, coreano e inglés, muy rápido.',
    'cohere-transcribe': '14 idiomas con gran precisión; grande, y hay que indicar el idioma.',
    diarization:
      'Distingue a quienes hablan (diarize: true), junto a cualquiera de los anteriores. pyannote 3.0 y CAM++ de 3D-Speaker.',
    punctuation:
      'Pone comas y puntos para los modelos que no lo hacen, en chino e inglés; todos los anteriores los ponen.',
  },
  added: 'Añadido desde {source}.',
  folder: 'Una carpeta propia.',
  fault: 'No se puede usar: {why}',
  any: 'cualquier idioma',
  count: '{count, plural, one {# idioma} other {# idiomas}}',
  publisher: 'licencia de quien lo publica',
}
