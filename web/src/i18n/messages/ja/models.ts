export default {
  about: {
    'whisper-tiny': '全言語対応で最速。下書きや、メモリの少ないマシン向け。',
    'whisper-tiny_en': 'tinyと同様で、英語はより高精度。',
    'whisper-base': '既定のモデル。全言語対応で、どのマシンでも高速。',
    'whisper-base_en': 'baseと同様で、英語はより高精度。',
    'whisper-small': '全言語対応で、baseより明らかに高精度。計算量は3倍。',
    'whisper-small_en': 'smallと同様で、英語はより高精度。',
    'whisper-distil-small_en':
      '英語。smallのエンコーダーと4層のデコーダーで、small.enより高速、精度はほぼ同じ。',
    'whisper-medium': '全言語対応。ほとんどの言語ではturboのほうが高精度で高速。',
    'whisper-medium_en': 'mediumと同様で、英語はより高精度。',
    'whisper-distil-large-v3_5':
      '英語。large-v3のエンコーダーと2層のデコーダーで、turboとほぼ同じ精度、より高速。',
    'whisper-turbo':
      'large-v3に小さなデコーダーを組み合わせたもの。精度はほぼ同じで、はるかに高速。翻訳は不可。',
    'whisper-large-v3': '英語以外ではWhisperの中で最も高精度。高性能なマシンでないと低速。',
    'parakeet-v2': '英語、句読点と単語の時刻付き。英語では最も高精度で、高速。',
    'parakeet-v3': 'ヨーロッパの25言語、句読点と単語の時刻付き。高速。',
    'canary-180m': '英語、ドイツ語、スペイン語、フランス語。小型。言語の指定が必要。英語への翻訳が可能。',
    'moonshine-tiny': '英語、超小型で高速。',
    'moonshine-base': '英語、小型で高速。',
    'sense-voice': '中国語、広東語、日本語、韓国語、英語。非常に高速。',
    'cohere-transcribe': '14言語に高精度で対応。大型で、言語の指定が必要。',
    diarization:
      '上のどのモデルとも組み合わせて話者を区別（diarize: true）。pyannote 3.0と3D-SpeakerのCAM++。',
    punctuation:
      '句読点を付けないモデルのために句読点を付加（中国語と英語）。上のモデルはすべて自分で付けます。',
  },
  added: '{source}から追加。',
  folder: '独自のフォルダー。',
  fault: '使用できません：{why}',
  any: 'すべての言語',
  count: '{count, plural, other {#言語}}',
  publisher: '公開元のライセンス',
}
