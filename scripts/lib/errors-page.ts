/** docs/errors.md: what each code means, with which status each API answers, and what to do about it. */
import { ERRORS, type ErrorCode } from '../../src/domain/errors.ts'
import { rendered as openAi } from '../../src/http/surfaces/openai/errors.ts'
import { statusOf as soScripted } from '../../src/http/surfaces/soscripted/errors.ts'
import { rendered as v1 } from '../../src/http/v1/errors.ts'
import { cell } from './cell.ts'

type Family<C extends string = ErrorCode> = C extends `${infer F}.${string}` ? F : C

/** Under which heading a family stands. One that is forgotten does not compile. */
const HEADINGS = {
  request: 'Requests',
  resource: 'Requests',
  idempotency: 'Requests',
  edit: 'Requests',
  key: 'API keys',
  credits: 'Credits and subscriptions',
  subscription: 'Credits and subscriptions',
  payment: 'Credits and subscriptions',
  media: 'Media and uploads',
  upload: 'Media and uploads',
  link: 'Links',
  fetch: 'Links',
  downloader: 'Links',
  engine: 'Engines and models',
  model: 'Engines and models',
  transcription: 'Transcriptions and videos',
  video: 'Transcriptions and videos',
  rate: 'Limits and outages',
  queue: 'Limits and outages',
  account: 'Limits and outages',
  storage: 'Limits and outages',
  database: 'Limits and outages',
  server: 'Limits and outages',
  internal: 'Limits and outages',
  post: 'Posts',
  session: 'Accounts and the page',
  login: 'Accounts and the page',
  invitation: 'Accounts and the page',
  role: 'Accounts and the page',
  share: 'Accounts and the page',
  part: 'Runners',
  runner: 'Runners',
} satisfies Record<Family, string>

/** What only Soku's and Earshot's own API have routes for. */
const ONLY_V1: ReadonlySet<string> = new Set([
  ...['upload', 'edit', 'downloader', 'video', 'payment', 'post', 'session', 'login', 'invitation', 'role'],
  ...['share', 'part', 'runner', 'subscription.exists', 'fetch.no_feed', 'model.in_use', 'media.missing'],
  'transcription.no_text',
])
/** SoScripted's takes links only, and always the default model. */
const NOT_SOSCRIPTED: ReadonlySet<string> = new Set([
  ...['model.unknown', 'model.no_speakers', 'model.no_translation', 'media.no_such_track'],
  'media.download_failed',
])

const familyOf = (code: ErrorCode): Family => code.split('.')[0] as Family
const among = (set: ReadonlySet<string>, code: ErrorCode): boolean => set.has(code) || set.has(familyOf(code))

/** Soku's and Earshot's own first, then those that answer otherwise. */
function statuses(code: ErrorCode): string {
  const { status } = v1(code)
  if (among(ONLY_V1, code)) return String(status)
  const others = [
    ['OpenAI', openAi(code).status] as const,
    ...(among(NOT_SOSCRIPTED, code) ? [] : [['SoScripted', soScripted(code)] as const]),
  ].filter(([, other]) => other !== status)
  return [status, ...others.map((other) => other.join(' '))].join(', ')
}

const RETRIES = { no: 'no', later: 'later', after: 'after the wait' } as const

function row(code: ErrorCode): string {
  const { meaning, retry, remedy } = ERRORS[code]
  return `| \`${code}\` | ${statuses(code)} | ${RETRIES[retry]} | ${cell(meaning)} | ${cell(remedy)} |`
}

const codes = Object.keys(ERRORS) as ErrorCode[]
const section = (heading: string): string => `## ${heading}

| code | status | retry | meaning | what to do |
| --- | --- | --- | --- | --- |
${codes
  .filter((code) => HEADINGS[familyOf(code)] === heading)
  .map(row)
  .join('\n')}
`

export const errorsPage = (): string => `# Errors

Every error has a stable code: decide by it, not by the message, which may change. Where you find it depends on the API:

| API | shape | code |
| --- | --- | --- |
| Earshot’s own, Soku’s | \`{"error": {"type", "code", "message", "requestId", "details", …}}\` | \`error.details.reasonCode\`; \`error.code\` is Soku’s |
| OpenAI’s | \`{"error": {"message", "type", "param", "code"}}\` | \`error.code\`, where OpenAI has none of its own for it |
| SoScripted’s | \`{"error": "message"}\` | none: only the status and the message |

A transcription that was accepted and fails later does not fail your request for it: \`GET /v1/transcriptions/{id}\`
answers with 200, \`"state": "failed"\` and the code as \`error.code\`, and webhooks carry the same. The APIs that wait for the
text answer with the status below.

**Nothing that ends in an error is charged.** Send an \`Idempotency-Key\` with whatever begins work, and you can repeat it
safely.

**status** is the HTTP status of Earshot’s own and Soku’s API. Where OpenAI’s or SoScripted’s answers with another one, it
stands behind it. The APIs of other tools ([Deepgram](api-deepgram.md), [whisper.cpp](api-inference.md),
[whisper-asr-webservice](api-asr.md)) use the statuses that their clients expect.

**retry** says whether the very same request can succeed if you send it again:

- **no**: not before something is changed. OpenAI’s API then answers with \`x-should-retry: false\`, so its clients stop.
- **later**: perhaps, after some seconds or minutes. Wait longer each time.
- **after the wait**: yes, after the seconds in the header \`Retry-After\` (in Earshot’s own and Soku’s API also
  \`details.retryAfter\`).

If the last column names the operator, only the person who runs the server can help: show them the message, the code and
the header \`x-request-id\`, under which the log says more.

${[...new Set(Object.values(HEADINGS))].map(section).join('\n')}
This page is made from \`src/domain/errors/\` and from the code that decides on the statuses.
`
