/**
 * Whisper's models, as CTranslate2's weights in 16 bits: the halves of the download of OpenAI's own, the same
 * words, and what faster-whisper's users have on their disks.
 */
import { WHISPER_WEIGHTS } from '../engine/whisper/folder.ts'
import { type CatalogueFile, type CatalogueModel, type Files, pinned } from './model.ts'
import { WHISPER_BASE_PACKAGES } from './packages.ts'

/** English-only and multilingual models have the same tokens in every size, but for the latest large ones. */
const TOKENS: Files = {
  'tokenizer.json': [2_203_239, 'fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab'],
  'vocabulary.txt': [459_861, '34ce3fe1c5041027b3f8d42912270993f986dbc4bb34cf27f951e34a1e453913'],
}
const ENGLISH_TOKENS: Files = {
  'tokenizer.json': [2_128_466, '929c5252409436dce1b38a75d1abbcb5e132d170d8e324e4e04ed915fa2d22df'],
  'vocabulary.txt': [422_309, 'ff77588746d3a2595d32ab5b69ffd7b95ce2441ac57533cb66fc3eb575a115cf'],
}
/** Of large-v3 and what was made of it: a language more, and 128 mels, which this file says. */
const LARGE_V3: Files = {
  'preprocessor_config.json': [340, '7ccc62c6f2765af1f3b46c00c9b5894426835a05021c8b9c01eecb6dfb542711'],
  'vocabulary.json': [1_068_114, 'c69260f2ab26d659b7c398f9a2b2b48ed0df16c3b47d7326782fd9cba71690c1'],
}

interface WhisperModel {
  name: string
  about: string
  repository: string
  revision: string
  /** In the order in which they are fetched: the first one is small, and shows whether anybody answers. */
  files: readonly CatalogueFile[]
  /** Undefined: what its tokens say. */
  languages?: string[]
  translates?: false
  /** How many languages, where it is not English or 99. */
  spoken?: number
  packages?: CatalogueModel['packages']
  wordErrorRate: number | null
  memoryMb: number
}

function whisper(model: WhisperModel): CatalogueModel {
  const { languages, translates, spoken, name, packages, ...facts } = model
  const english = languages ?? (name.endsWith('.en') ? ['en'] : undefined)
  return {
    ...facts,
    name: `whisper-${name}`,
    bytes: model.files.reduce((sum, file) => sum + (file.bytes ?? 0), 0),
    manifest: {
      family: WHISPER_WEIGHTS,
      ...(english && { languages: english }),
      ...((translates ?? english) !== undefined && { translates: false }),
    },
    ...(packages && { packages }),
    licence: 'MIT',
    spoken: english ?? spoken ?? 99,
  }
}

export const WHISPER: readonly CatalogueModel[] = [
  whisper({
    name: 'tiny',
    about: 'The quickest for every language; for drafts, and for machines with little memory.',
    repository: 'Systran/faster-whisper-tiny',
    revision: 'd90ca5fe260221311c53c58e660288d3deb8d356',
    files: pinned({
      'config.json': [2249, 'a73a28cdfe1c43ccc7202fa333d1f89c202477271407ae9a7f19afa52039cac8'],
      ...TOKENS,
      'model.bin': [75_538_270, 'dcb76c6586fc06cbdac6dd21f14cfd129cc4cdd9dce19bf4ffa62e59cbe6e6d1'],
    }),
    wordErrorRate: null,
    memoryMb: 400,
  }),
  whisper({
    name: 'tiny.en',
    about: 'As tiny, better for English.',
    repository: 'Systran/faster-whisper-tiny.en',
    revision: '0d3d19a32d3338f10357c0889762bd8d64bbdeba',
    files: pinned({
      'config.json': [2317, '14b1b421a90349bc551b881461426b561a874049cb9e4c4864f2ca384f6a7cc5'],
      ...ENGLISH_TOKENS,
      'model.bin': [75_537_502, '1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a'],
    }),
    wordErrorRate: 12.81,
    memoryMb: 400,
  }),
  whisper({
    name: 'base',
    about: 'The default: every language, quick on any machine.',
    repository: 'Systran/faster-whisper-base',
    revision: 'ebe41f70d5b6dfa9166e2c581c45c9c0cfc57b66',
    files: pinned({
      'config.json': [2309, '56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a'],
      ...TOKENS,
      'model.bin': [145_217_532, 'd01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9'],
    }),
    packages: WHISPER_BASE_PACKAGES,
    wordErrorRate: null,
    memoryMb: 700,
  }),
  whisper({
    name: 'base.en',
    about: 'As base, better for English.',
    repository: 'Systran/faster-whisper-base.en',
    revision: '3d3d5dee26484f91867d81cb899cfcf72b96be6c',
    files: pinned({
      'config.json': [2227, 'f3bc3821e9fc76a27bae538e11ae5b677dcdd352b4600429ce7951d398569aeb'],
      ...ENGLISH_TOKENS,
      'model.bin': [145_216_508, '2a166925539a16005f14ff328359f9b9adb9dc4fb631bb3b227526862e93e2ef'],
    }),
    wordErrorRate: 10.32,
    memoryMb: 700,
  }),
  whisper({
    name: 'small',
    about: 'Every language, clearly better than base, three times the work.',
    repository: 'Systran/faster-whisper-small',
    revision: '536b0662742c02347bc0e980a01041f333bce120',
    files: pinned({
      'config.json': [2370, 'b55496ac7940a7ae47d2c01eab40edfd8701feec1229d9cce3b40014383fb828'],
      ...TOKENS,
      'model.bin': [483_546_902, '3e305921506d8872816023e4c273e75d2419fb89b24da97b4fe7bce14170d671'],
    }),
    wordErrorRate: null,
    memoryMb: 1100,
  }),
  whisper({
    name: 'small.en',
    about: 'As small, better for English.',
    repository: 'Systran/faster-whisper-small.en',
    revision: 'd1d751a5f8271d482d14ca55d9e2deeebbae577f',
    files: pinned({
      'config.json': [2657, '666a9605530ac1f61fa8177f3702b4dacec9966749e42610839fcc32661d5fae'],
      ...ENGLISH_TOKENS,
      'model.bin': [483_545_366, '62b2a45b05ee59acb4a5341b33ee35e041395d378d418a18acfe4c9e768ee37a'],
    }),
    wordErrorRate: 8.59,
    memoryMb: 1100,
  }),
  whisper({
    name: 'distil-small.en',
    about: 'English, small’s encoder with a decoder of four layers: quicker than small.en, nearly as good.',
    repository: 'Systran/faster-distil-whisper-small.en',
    revision: 'ef77d90526ccd62cde3808ee70626a01e5cf83e4',
    files: pinned({
      'config.json': [2812, 'b571ae8022a34c1df50876a65b5f813a5c22e5ee3b87bc0e4db5662dfc9c2c3d'],
      'preprocessor_config.json': [339, 'a6a76d28c93edb273669eb9e0b0636a2bddbb1272c3261e47b7ca6dfdbac1b8d'],
      'tokenizer.json': [2_405_466, 'c9c77688528c0509abbd41873edab16384b8f041531b1d3092ab4d1d83a02a50'],
      'vocabulary.json': [825_480, '4dadfee7c4a871665f65c06037f5f5ec893fb2d7f5eb4cf11063618e31dbe11a'],
      'model.bin': [332_308_257, '1187de3982cdcf962a2fb8f797e429fb4651b875b18fe9ce50b58b52fc9072b7'],
    }),
    wordErrorRate: null,
    memoryMb: 700,
  }),
  whisper({
    name: 'medium',
    about: 'Every language; turbo is better and quicker in most.',
    repository: 'Systran/faster-whisper-medium',
    revision: '08e178d48790749d25932bbc082711ddcfdfbc4f',
    files: pinned({
      'config.json': [2257, '3622a2ddc41ec0e0fd4e68c13c6830f03b90c38d89aaad184de02c8c642cf807'],
      ...TOKENS,
      'model.bin': [1_527_906_378, '9b45e1009dcc4ab601eff815b61d80e60ce3fd8c74c1a14f4a282258286b51ae'],
    }),
    wordErrorRate: null,
    memoryMb: 2200,
  }),
  whisper({
    name: 'medium.en',
    about: 'As medium, better for English.',
    repository: 'Systran/faster-whisper-medium.en',
    revision: 'a29b04bd15381511a9af671baec01072039215e3',
    files: pinned({
      'config.json': [2643, '4a1848ebabe7938d9797c15a2e8e4ce1d36e6fd4a43d096ae5955257c67c7962'],
      ...ENGLISH_TOKENS,
      'model.bin': [1_527_904_330, '11b220779aea4c6f3ce9d2549c8a95ea869ed84066864b999531ef53e594fe5b'],
    }),
    wordErrorRate: null,
    memoryMb: 2200,
  }),
  whisper({
    name: 'distil-large-v3.5',
    about: 'English, large-v3’s encoder with a decoder of two layers: about as good as turbo, and quicker.',
    repository: 'distil-whisper/distil-large-v3.5-ct2',
    revision: '9793ccc07920e0f830e1dba0343efcdf0ef8c903',
    files: [
      { name: 'config.json', bytes: 2690 },
      { name: 'preprocessor_config.json', bytes: 340 },
      { name: 'tokenizer.json', bytes: 2_480_645 },
      { name: 'vocabulary.json', bytes: 1_068_114 },
      ...pinned({
        'model.bin': [1_512_927_867, 'c58b88b8585ffcd2135fddaaf421ce72cb223b32edea70d156aed1dea319a119'],
      }),
    ],
    languages: ['en'],
    wordErrorRate: null,
    memoryMb: 1800,
  }),
  whisper({
    name: 'turbo',
    about: 'large-v3 with a small decoder: nearly as good, far quicker. Cannot translate.',
    repository: 'deepdml/faster-whisper-large-v3-turbo-ct2',
    revision: '4df90f75321148c3a29a9e2351b7ddf8f5b115a8',
    files: pinned({
      'config.json': [2263, 'b0253ea6c0d3bea6b1e19e91a02acfd3b53f4467362efcb5a3e6b16c9b3a9b7e'],
      ...LARGE_V3,
      'tokenizer.json': [2_710_337, '297b13372ac43916285644fb9687add3cc62ee2a1adb60da3dc25cc94c1871fd'],
      'model.bin': [1_617_884_929, 'e76620f83d5f5b69efd3d87e3dc180c1bd21df9fbebacfd4335e5e1efcc018da'],
    }),
    translates: false,
    spoken: 100,
    wordErrorRate: 7.83,
    memoryMb: 2100,
  }),
  whisper({
    name: 'large-v3',
    about: 'The best Whisper for languages other than English; slow without a strong machine.',
    repository: 'Systran/faster-whisper-large-v3',
    revision: 'edaa852ec7e145841d8ffdb056a99866b5f0a478',
    files: pinned({
      'config.json': [2394, 'a9306624f5ec14270a014b647e5c316b6e03a662c369758d1b90697a7b0655b9'],
      ...LARGE_V3,
      'tokenizer.json': [2_480_617, '6d8cbd7cd0d8d5815e478dac67b85a26bbe77c1f5e0c6d76d1ce2abc0e5f21ca'],
      'model.bin': [3_087_284_237, '69f74147e3334731bc3a76048724833325d2ec74642fb52620eda87352e3d4f1'],
    }),
    spoken: 100,
    wordErrorRate: 7.44,
    memoryMb: 4000,
  }),
]
