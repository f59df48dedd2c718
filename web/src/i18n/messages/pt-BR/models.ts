export default {
  about: {
    'whisper-tiny': 'O mais rápido para todos os idiomas; para rascunhos e máquinas com pouca memória.',
    'whisper-tiny_en': 'Como o tiny, mas melhor em inglês.',
    'whisper-base': 'O padrão: todos os idiomas, rápido em qualquer máquina.',
    'whisper-base_en': 'Como o base, mas melhor em inglês.',
    'whisper-small': 'Todos os idiomas, claramente melhor que o base, com o triplo do trabalho.',
    'whisper-small_en': 'Como o small, mas melhor em inglês.',
    'whisper-distil-small_en':
      'Inglês, o codificador do small com um decodificador de quatro camadas: mais rápido que o small.en e quase tão bom.',
    'whisper-medium': 'Todos os idiomas; o turbo é melhor e mais rápido na maioria.',
    'whisper-medium_en': 'Como o medium, mas melhor em inglês.',
    'whisper-distil-large-v3_5':
      'Inglês, o codificador do large-v3 com um decodificador de duas camadas: quase tão bom quanto o turbo, e mais rápido.',
    'whisper-turbo':
      'O large-v3 com um decodificador pequeno: quase tão bom e muito mais rápido. Não traduz.',
    'whisper-large-v3':
      'O melhor Whisper para idiomas que não sejam o inglês; lento sem uma máquina potente.',
    'parakeet-v2': 'Inglês com pontuação e tempos das palavras; o melhor para inglês, e rápido.',
    'parakeet-v3': '25 idiomas europeus com pontuação e tempos das palavras; rápido.',
    'canary-180m':
      'Inglês, alemão, espanhol e francês, pequeno; é preciso informar o idioma. Traduz para o inglês.',
    'moonshine-tiny': 'Inglês, minúsculo e rápido.',
    'moonshine-base': 'Inglês, pequeno e rápido.',
    'sense-voice': 'Chinês, cantonês, japonês, coreano e inglês, muito rápido.',
    'cohere-transcribe': '14 idiomas com alta precisão; grande, e é preciso informar o idioma.',
    diarization:
      'Distingue quem fala (diarize: true), junto com qualquer um dos modelos acima. pyannote 3.0 e CAM++ do 3D-Speaker.',
    punctuation:
      'Coloca vírgulas e pontos para modelos que não o fazem, em chinês e inglês; todos os acima já colocam.',
  },
  added: 'Adicionado de {source}.',
  folder: 'Uma pasta sua.',
  fault: 'Não pode ser usado: {why}',
  any: 'qualquer idioma',
  count: '{count, plural, one {# idioma} other {# idiomas}}',
  publisher: 'licença de quem o publica',
}
