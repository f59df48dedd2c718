/** Every message by its file and its key, as English has them: the compiler knows keys and placeholders from here. */
export interface Messages {
  batches: typeof import('./messages/en/batches.ts').default
  errors: typeof import('./messages/en/errors.ts').default
  login: typeof import('./messages/en/login.ts').default
  export: typeof import('./messages/en/export.ts').default
  parts: typeof import('./messages/en/parts.ts').default
  record: typeof import('./messages/en/record.ts').default
  shell: typeof import('./messages/en/shell.ts').default
  transcribe: typeof import('./messages/en/transcribe.ts').default
  guide: typeof import('./messages/en/guide.ts').default
  jobs: typeof import('./messages/en/jobs.ts').default
  order: typeof import('./messages/en/order.ts').default
  library: typeof import('./messages/en/library.ts').default
  archive: typeof import('./messages/en/archive.ts').default
  transcript: typeof import('./messages/en/transcript.ts').default
  comments: typeof import('./messages/en/comments.ts').default
  credits: typeof import('./messages/en/credits.ts').default
  keys: typeof import('./messages/en/keys.ts').default
  webhooks: typeof import('./messages/en/webhooks.ts').default
  settings: typeof import('./messages/en/settings.ts').default
  shared: typeof import('./messages/en/shared.ts').default
  posts: typeof import('./messages/en/posts.ts').default
  findings: typeof import('./messages/en/findings.ts').default
  models: typeof import('./messages/en/models.ts').default
  operator: typeof import('./messages/en/operator.ts').default
}

/** The same messages in another language. */
export type Translation<English> = {
  [Key in keyof English]: English[Key] extends string ? string : Translation<English[Key]>
}

declare module 'use-intl' {
  interface AppConfig {
    Messages: Messages
  }
}
