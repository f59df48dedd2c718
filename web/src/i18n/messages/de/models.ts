export default {
  about: {
    'whisper-tiny':
      'Das schnellste für jede Sprache; für Entwürfe und für Rechner mit wenig Arbeitsspeicher.',
    'whisper-tiny_en': 'Wie tiny, aber besser für Englisch.',
    'whisper-base': 'Der Standard: jede Sprache, auf jedem Rechner schnell.',
    'whisper-base_en': 'Wie base, aber besser für Englisch.',
    'whisper-small': 'Jede Sprache, deutlich besser als base, bei dreifacher Rechenarbeit.',
    'whisper-small_en': 'Wie small, aber besser für Englisch.',
    'whisper-distil-small_en':
      'Englisch, der Encoder von small mit einem Decoder aus vier Schichten: schneller als small.en und fast so gut.',
    'whisper-medium': 'Jede Sprache; turbo ist in den meisten besser und schneller.',
    'whisper-medium_en': 'Wie medium, aber besser für Englisch.',
    'whisper-distil-large-v3_5':
      'Englisch, der Encoder von large-v3 mit einem Decoder aus zwei Schichten: etwa so gut wie turbo und schneller.',
    'whisper-turbo': 'large-v3 mit kleinem Decoder: fast so gut, weit schneller. Kann nicht übersetzen.',
    'whisper-large-v3': 'Das beste Whisper für andere Sprachen als Englisch; langsam ohne starken Rechner.',
    'parakeet-v2': 'Englisch mit Satzzeichen und Wortzeiten; das beste für Englisch und schnell.',
    'parakeet-v3': '25 europäische Sprachen mit Satzzeichen und Wortzeiten; schnell.',
    'canary-180m':
      'Englisch, Deutsch, Spanisch und Französisch, klein; die Sprache muss angegeben werden. Übersetzt ins Englische.',
    'moonshine-tiny': 'Englisch, winzig und schnell.',
    'moonshine-base': 'Englisch, klein und schnell.',
    'sense-voice': 'Chinesisch, Kantonesisch, Japanisch, Koreanisch und Englisch, sehr schnell.',
    'cohere-transcribe': '14 Sprachen mit hoher Genauigkeit; groß, und die Sprache muss angegeben werden.',
    diarization:
      'Unterscheidet Sprecher (diarize: true), zusätzlich zu jedem der obigen Modelle. pyannote 3.0 und CAM++ von 3D-Speaker.',
    punctuation:
      'Setzt Kommas und Punkte für Modelle, die es nicht tun, auf Chinesisch und Englisch; alle obigen tun es.',
  },
  added: 'Hinzugefügt von {source}.',
  folder: 'Ein eigener Ordner.',
  fault: 'Nicht verwendbar: {why}',
  any: 'jede Sprache',
  count: '{count, plural, one {# Sprache} other {# Sprachen}}',
  publisher: 'Lizenz des Herausgebers',
}
