/**
 * The models that `earshot models pull` knows: where each lies, pinned to a revision, with the size and
 * SHA-256 of every file. Add one by adding an entry; everything else follows from it.
 *
 * Word error rates are averages over the English sets of the Open ASR Leaderboard (short form), where the model is on it.
 */
import { type CatalogueModel, type Files, pinned, sizeOf } from './model.ts'
import { WHISPER } from './whisper.ts'

const MIT = 'MIT'
const NVIDIA = 'CC-BY-4.0 (NVIDIA)'
const PARAKEET_V2: Files = {
  'encoder.int8.onnx': [652_184_296, 'a32b12d17bbbc309d0686fbbcc2987b5e9b8333a7da83fa6b089f0a2acd651ab'],
  'decoder.int8.onnx': [7_257_753, 'b6bb64963457237b900e496ee9994b59294526439fbcc1fecf705b31a15c6b4e'],
  'joiner.int8.onnx': [1_739_080, '7946164367946e7f9f29a122407c3252b680dbae9a51343eb2488d057c3c43d2'],
  'tokens.txt': [9384, 'ec182b70dd42113aff6c5372c75cac58c952443eb22322f57bbd7f53977d497d'],
}
const PARAKEET_V3: Files = {
  'encoder.int8.onnx': [652_184_281, 'acfc2b4456377e15d04f0243af540b7fe7c992f8d898d751cf134c3a55fd2247'],
  'decoder.int8.onnx': [11_845_275, '179e50c43d1a9de79c8a24149a2f9bac6eb5981823f2a2ed88d655b24248db4e'],
  'joiner.int8.onnx': [6_355_277, '3164c13fc2821009440d20fcb5fdc78bff28b4db2f8d0f0b329101719c0948b3'],
  'tokens.txt': [93_939, 'd58544679ea4bc6ac563d1f545eb7d474bd6cfa467f0a6e2c1dc1c7d37e3c35d'],
}
const CANARY: Files = {
  'encoder.int8.onnx': [132_678_643, '7a75b4e2a5857a6dcc0819503bbe3fad66943db4a3ccf21d3f27c633667d303f'],
  'decoder.int8.onnx': [74_437_848, 'e41a2ab9c0c2fe81a1e8ade5a45fb02a74bc4db7d1f91b89a54a25e2cf79cba2'],
  'tokens.txt': [53_555, '2dae6fc7815f9640645e0c765522b278ee0cef49b482d91f6913e334628d3e77'],
}
const MOONSHINE_TINY: Files = {
  'preprocess.onnx': [6_800_738, 'f33addce61a143460fe753b5ee5b7db255e5140b5b779c065b94f6c83ff0bf4e'],
  'encode.int8.onnx': [18_249_187, '8774dfba578de027ec6595c2c654a0836434489bc963a0db124a7f181f571acb'],
  'uncached_decode.int8.onnx': [
    53_216_096,
    '216737000dd5881a17aa043f6bbd286add33e4c3b0ae257153e2ec15438bdc41',
  ],
  'cached_decode.int8.onnx': [45_264_830, '2aff28bba6a03d8dcf5c9feac45462629bae37317442299f28115ad09da773f6'],
  'tokens.txt': [436_688, '1165c2aeb9f72f457a83be2d459a09054f27490acd9b41bd43794dfd25e296ea'],
}
const MOONSHINE_BASE: Files = {
  'preprocess.onnx': [14_077_290, 'ffa630d395c5ccf76f5d4954be5b882df76aaf6491519ec01fd82ea7a3819fb2'],
  'encode.int8.onnx': [50_311_494, '7e38770f776f2e5583a53b052936005df2ba5c833d7e09c2a5fd796b94bf73e2'],
  'uncached_decode.int8.onnx': [
    122_120_451,
    'c01f4b35093bcac20d352d23a75a539e772964579f9d024a90e5e6f09cae9987',
  ],
  'cached_decode.int8.onnx': [99_983_837, '2db74e51cedf64a8b1be3c8192e0bb5e4923af0e90bd9e87f8e8771873f8ea03'],
  'tokens.txt': [436_688, '1165c2aeb9f72f457a83be2d459a09054f27490acd9b41bd43794dfd25e296ea'],
}
const SENSE_VOICE: Files = {
  'model.int8.onnx': [239_233_841, 'c71f0ce00bec95b07744e116345e33d8cbbe08cef896382cf907bf4b51a2cd51'],
  'tokens.txt': [315_894, 'f449eb28dc567533d7fa59be34e2abca8784f771850c78a47fb731a31429a1dc'],
}

/** It says nowhere in its files which languages it was trained on: they are of its publisher's model card. */
const PARAKEET_V3_LANGUAGES =
  'bg hr cs da nl en et fi fr de el hu it lv lt mt pl pt ro sk sl es sv ru uk'.split(' ')

const TRANSDUCER_FILES = {
  encoder: 'encoder.int8.onnx',
  decoder: 'decoder.int8.onnx',
  joiner: 'joiner.int8.onnx',
  tokens: 'tokens.txt',
}
const MOONSHINE_FILES = {
  preprocessor: 'preprocess.onnx',
  encoder: 'encode.int8.onnx',
  uncachedDecoder: 'uncached_decode.int8.onnx',
  cachedDecoder: 'cached_decode.int8.onnx',
  tokens: 'tokens.txt',
}

/** The one that is fetched where the operator names none: small, quick, and for every language. */
export const DEFAULT_MODEL = 'whisper-base'

export const CATALOGUE: readonly CatalogueModel[] = [
  ...WHISPER,
  {
    name: 'parakeet-v2',
    about: 'English with punctuation and word times; the best for English, and quick.',
    repository: 'csukuangfj/sherpa-onnx-nemo-parakeet-tdt-0.6b-v2-int8',
    revision: '1ab9323565ddb038682214b292f588070a538ce2',
    files: pinned(PARAKEET_V2),
    bytes: sizeOf(PARAKEET_V2),
    manifest: {
      family: 'transducer',
      files: TRANSDUCER_FILES,
      modelType: 'nemo_transducer',
      languages: ['en'],
      autoRank: 1,
    },
    licence: NVIDIA,
    spoken: ['en'],
    wordErrorRate: 6.05,
    memoryMb: 1200,
  },
  {
    name: 'parakeet-v3',
    about: '25 European languages with punctuation and word times; quick.',
    repository: 'csukuangfj/sherpa-onnx-nemo-parakeet-tdt-0.6b-v3-int8',
    revision: '2bda32ec70b097a55adaa07d9a7173915b43cc78',
    files: pinned(PARAKEET_V3),
    bytes: sizeOf(PARAKEET_V3),
    manifest: {
      family: 'transducer',
      files: TRANSDUCER_FILES,
      modelType: 'nemo_transducer',
      languages: PARAKEET_V3_LANGUAGES,
      autoRank: 2,
    },
    licence: NVIDIA,
    spoken: PARAKEET_V3_LANGUAGES,
    wordErrorRate: 6.32,
    memoryMb: 1200,
  },
  {
    name: 'canary-180m',
    about: 'English, German, Spanish and French, small; the language must be given. Translates to English.',
    repository: 'csukuangfj/sherpa-onnx-nemo-canary-180m-flash-en-es-de-fr-int8',
    revision: '9077164e0d3dd1d5353743e89ceaa1d3a770838c',
    files: pinned(CANARY),
    bytes: sizeOf(CANARY),
    manifest: {
      family: 'canary',
      files: { encoder: 'encoder.int8.onnx', decoder: 'decoder.int8.onnx', tokens: 'tokens.txt' },
    },
    licence: NVIDIA,
    spoken: ['en', 'de', 'es', 'fr'],
    wordErrorRate: null,
    memoryMb: 700,
  },
  {
    name: 'moonshine-tiny',
    about: 'English, tiny and quick.',
    repository: 'csukuangfj/sherpa-onnx-moonshine-tiny-en-int8',
    revision: 'bf2b762c076d8ea61e2af0b3851c9564fb77552e',
    files: pinned(MOONSHINE_TINY),
    bytes: sizeOf(MOONSHINE_TINY),
    manifest: { family: 'moonshine', files: MOONSHINE_FILES, languages: ['en'] },
    licence: MIT,
    spoken: ['en'],
    wordErrorRate: null,
    memoryMb: 300,
  },
  {
    name: 'moonshine-base',
    about: 'English, small and quick.',
    repository: 'csukuangfj/sherpa-onnx-moonshine-base-en-int8',
    revision: '052b0798ad1bf046a140fdd4efcd9426530fa3f5',
    files: pinned(MOONSHINE_BASE),
    bytes: sizeOf(MOONSHINE_BASE),
    manifest: { family: 'moonshine', files: MOONSHINE_FILES, languages: ['en'] },
    licence: MIT,
    spoken: ['en'],
    wordErrorRate: 9.99,
    memoryMb: 600,
  },
  {
    name: 'sense-voice',
    about: 'Chinese, Cantonese, Japanese, Korean and English, very quick.',
    repository: 'csukuangfj/sherpa-onnx-sense-voice-zh-en-ja-ko-yue-2024-07-17',
    revision: '2365baeacb507f821a0c8120fcee3d484dba7a07',
    files: pinned(SENSE_VOICE),
    bytes: sizeOf(SENSE_VOICE),
    manifest: {
      family: 'senseVoice',
      files: { model: 'model.int8.onnx', tokens: 'tokens.txt' },
      autoRank: 3,
    },
    licence: 'FunASR model licence (Alibaba)',
    spoken: ['zh', 'yue', 'ja', 'ko', 'en'],
    wordErrorRate: null,
    memoryMb: 450,
  },
  {
    name: 'cohere-transcribe',
    about: '14 languages at high accuracy; large, and the language must be given.',
    repository: 'csukuangfj2/sherpa-onnx-cohere-transcribe-14-lang-int8-2026-04-01',
    revision: '156a470cf08eefe706a0004f3c52d9ee567ca7a0',
    files: [
      {
        name: 'encoder.int8.onnx',
        sha256: 'cf704f8cfa90e3f0a76f9ffc05998bdf00ba9ae983192c14a85a3a5eb008b367',
      },
      {
        name: 'encoder.int8.onnx.data',
        sha256: 'bcf1b7148c8518ae52df1ad2d2fc2b4e89261ea23e6c874eef1d9f55bcbaa4a3',
      },
      {
        name: 'decoder.int8.onnx',
        bytes: 153_250_705,
        sha256: '8372ca6c8ff4db8b916ca3592f5c757a715e691b9edec751ba19b29fc854baf9',
      },
      {
        name: 'tokens.txt',
        bytes: 207_437,
        sha256: '013ede043ae2480e3a9205cc34550d9686100cc682bacc90f702facdfbb93035',
      },
    ],
    bytes: 2_888_052_036,
    manifest: {
      family: 'cohereTranscribe',
      files: { encoder: 'encoder.int8.onnx', decoder: 'decoder.int8.onnx', tokens: 'tokens.txt' },
    },
    licence: 'Apache-2.0',
    spoken: 14,
    wordErrorRate: null,
    memoryMb: 3500,
  },
  {
    name: 'diarization',
    about:
      'Tells speakers apart (diarize: true), beside any of the above. pyannote 3.0 and 3D-Speaker’s CAM++.',
    repository: 'csukuangfj/sherpa-onnx-pyannote-segmentation-3-0',
    revision: '9403a6902bb58e3d5ae8c7e77c3422de279db2e0',
    files: [
      {
        name: 'segmentation.onnx',
        bytes: 5_992_913,
        sha256: '220ad67ca923bef2fa91f2390c786097bf305bceb5e261d4af67b38e938e1079',
        from: {
          repository: 'csukuangfj/sherpa-onnx-pyannote-segmentation-3-0',
          revision: '9403a6902bb58e3d5ae8c7e77c3422de279db2e0',
          name: 'model.onnx',
        },
      },
      {
        name: 'embedding.onnx',
        bytes: 28_281_164,
        sha256: 'aa3cfc16963a10586a9393f5035d6d6b57e98d358b347f80c2a30bf4f00ceba2',
        from: {
          repository: 'csukuangfj/speaker-embedding-models',
          revision: '0743f301363dec56491a490f6d6cbc9d67f9a3bf',
          name: '3dspeaker_speech_campplus_sv_zh_en_16k-common_advanced.onnx',
        },
      },
    ],
    bytes: 34_274_077,
    manifest: {
      kind: 'diarization',
      files: { segmentation: 'segmentation.onnx', embedding: 'embedding.onnx' },
    },
    licence: 'MIT, Apache-2.0',
    spoken: null,
    wordErrorRate: null,
    memoryMb: 200,
  },
  {
    name: 'punctuation',
    about: 'Writes commas and full stops for models that do not, Chinese and English; those above all do.',
    repository: 'csukuangfj/sherpa-onnx-punct-ct-transformer-zh-en-vocab272727-2024-04-12',
    revision: '432aeba669265e7aeb06b9359753419683b38597',
    files: [
      {
        name: 'model.onnx',
        bytes: 294_372_519,
        sha256: 'e93593a6dbd69a07f8734ef269dbe861a379755f8d1c8354719432116f2c44bd',
      },
    ],
    bytes: 294_372_519,
    manifest: { kind: 'punctuation', files: { model: 'model.onnx' } },
    licence: 'Apache-2.0',
    spoken: ['zh', 'en'],
    wordErrorRate: null,
    memoryMb: 400,
  },
]

/** Whether it recognises speech, rather than helping with it. */
export const recognises = ({ manifest }: CatalogueModel): boolean => 'family' in manifest

export const findModel = (
  name: string,
  catalogue: readonly CatalogueModel[] = CATALOGUE,
): CatalogueModel | undefined => catalogue.find((model) => model.name === name)
