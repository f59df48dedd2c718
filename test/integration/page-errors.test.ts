/** What the server says is wrong, on a page in another language than English. */
import { expect, it } from 'vitest'
import { ERRORS } from '../../src/domain/errors.ts'
import english from '../../web/src/i18n/messages/en/errors.ts'

/** Only programs meet them: keys, the protocols of uploads and runners, forms of requests that the page does not make. */
const OF_PROGRAMS = [
  'request.method',
  'key.missing',
  'key.invalid',
  'key.revoked',
  'key.expired',
  'key.scope',
  'media.no_such_track',
  'upload.offset',
  'upload.version',
  'upload.type',
  'transcription.under_way',
  'idempotency.conflict',
  'part.lost',
  'part.result',
  'runner.version',
]
/** Their sentence says what no other can: which field, which platform, what the other server answered. */
const SERVERS_OWN = ['request.invalid', 'media.download_failed', 'post.platform', 'post.account']

const codesIn = (messages: object): string[] =>
  Object.entries(messages).flatMap(([name, value]) =>
    typeof value === 'string' ? [name] : codesIn(value as object).map((rest) => `${name}.${rest}`),
  )

it('every code has a message in the language of the page, or a reason why it has none', () => {
  const codes = [...codesIn(english.codes), ...OF_PROGRAMS, ...SERVERS_OWN]
  expect(codes.sort()).toEqual(Object.keys(ERRORS).sort())
})
