/** What the models of the catalogue are for: by their names, whose dots are `_` here. */
export default {
  about: {
    'whisper-tiny': 'The quickest for every language; for drafts, and for machines with little memory.',
    'whisper-tiny_en': 'As tiny, better for English.',
    'whisper-base': 'The default: every language, quick on any machine.',
    'whisper-base_en': 'As base, better for English.',
    'whisper-small': 'Every language, clearly better than base, three times the work.',
    'whisper-small_en': 'As small, better for English.',
    'whisper-distil-small_en':
      'English, small’s encoder with a decoder of four layers: quicker than small.en, nearly as good.',
    'whisper-medium': 'Every language; turbo is better and quicker in most.',
    'whisper-medium_en': 'As medium, better for English.',
    'whisper-distil-large-v3_5':
      'English, large-v3’s encoder with a decoder of two layers: about as good as turbo, and quicker.',
    'whisper-turbo': 'large-v3 with a small decoder: nearly as good, far quicker. Cannot translate.',
    'whisper-large-v3': 'The best Whisper for languages other than English; slow without a strong machine.',
    'parakeet-v2': 'English with punctuation and word times; the best for English, and quick.',
    'parakeet-v3': '25 European languages with punctuation and word times; quick.',
    'canary-180m':
      'English, German, Spanish and French, small; the language must be given. Translates to English.',
    'moonshine-tiny': 'English, tiny and quick.',
    'moonshine-base': 'English, small and quick.',
    'sense-voice': 'Chinese, Cantonese, Japanese, Korean and English, very quick.',
    'cohere-transcribe': '14 languages at high accuracy; large, and the language must be given.',
    diarization:
      'Tells speakers apart (diarize: true), beside any of the above. pyannote 3.0 and 3D-Speaker’s CAM++.',
    punctuation:
      'Writes commas and full stops for models that do not, Chinese and English; those above all do.',
  },
  added: 'Added from {source}.',
  folder: 'A folder of yours.',
  fault: 'Cannot be used: {why}',
  any: 'any language',
  count: '{count, plural, one {# language} other {# languages}}',
  publisher: 'its publisher’s licence',
} as const
