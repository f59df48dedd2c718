/** How an operation is asked: one value, from which the same request is written in each language. */
export interface Example {
  /** For the path's parameters. */
  path?: Record<string, string>
  query?: Record<string, string>
  headers?: Record<string, string>
  json?: unknown
  /** Fields of a form; `@` begins the path of a file, as for curl. */
  form?: Record<string, string>
  /** A body that is a file. */
  file?: { path: string; type: string }
  /** What of the answer counts; left out: JSON, or nothing where the operation answers nothing. */
  answer?: 'json' | 'text' | 'bytes' | 'headers' | 'events'
  /** Instead of the plain request, where a library says it better. */
  typescript?: string
  python?: string
}

export const ORIGIN = 'http://localhost:8080'
export const SAMPLE_FILE = 'samples/hello.flac'

/** Ids as they look. The tests put real ones in their place. */
export const IDS = {
  media: 'media_5c1f2ab09d3e',
  transcription: 'tj_7d1e0c52-9b4a',
  /** A transcription that has a video. */
  filmed: 'tj_2f6b8a31-40ce',
  batch: 'batch_4c8e1a7d20',
  share: 'share_0b7d61c2f0',
  comment: 'cmt_5d20c8e1b7',
  token: 'kJ3vX0c5mQ9w',
  webhook: 'whk_84a0c1d2e3',
  delivery: 'dlv_6f5e4d3c2b',
  key: 'key_1a2b3c4d5e',
  upload: 'upl_9e8d7c6b5a',
  postAccount: 'pacc_2d7f90a4e1',
  draft: 'draft_7c1b5e3a90',
  post: '4b1f8f0e-5f0c-4c0b',
  failedPost: '9a2c7d11-0b3e-4d52',
  subscription: 'sub_3e6a9d0c41',
  /** A list that nobody else has subscribed to. */
  feed: 'https://feeds.example.com/talks.xml',
} as const
