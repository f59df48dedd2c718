/** A post for whatever takes it: n8n, Make, Zapier, a program of one's own. Signed as events are. */
import { randomUUID } from 'node:crypto'
import { signatures } from '../../domain/webhooks/sign.ts'
import type {
  Connected,
  Credentials,
  PostTarget,
  PostToPublish,
  PublishedPost,
} from '../../ports/publisher.ts'
import { type Answer, type Ask, refusal, textOf } from './ask.ts'

/** As long a text as any, in one piece. */
const LIMITS = { graphemes: 60_000 }

/** Nothing is asked of it: it is sent nothing before it is tested or posted to. */
export const connectWebhook = async ({ server }: Pick<Credentials, 'server'>): Promise<Connected> => ({
  server,
  handle: new URL(server).host,
  remoteId: null,
  limits: LIMITS,
})

/** Says that it is a test, so that nothing is published. */
export async function checkWebhook(ask: Ask, target: PostTarget, signal: AbortSignal): Promise<Connected> {
  const now = Date.now()
  const timestamp = new Date(now).toISOString()
  await send(
    ask,
    target,
    { id: `test_${randomUUID()}`, now, event: { type: 'post.test', timestamp, data: {} } },
    signal,
  )
  return connectWebhook(target)
}

/** `webhook-id` is the delivery's, the same for every attempt, so that the receiver knows a repetition. */
export async function publishByWebhook(
  ask: Ask,
  target: PostTarget,
  { deliveryId, postId, thread, language, createdAt, extra }: PostToPublish,
  signal: AbortSignal,
): Promise<PublishedPost> {
  const now = Date.now()
  const event = {
    type: 'post.publish',
    timestamp: new Date(now).toISOString(),
    data: {
      postSubmissionId: postId,
      deliveryId,
      scheduledTime: new Date(createdAt).toISOString(),
      text: thread.join('\n\n'),
      thread,
      language,
      ...extra,
    },
  }
  const answer = await send(ask, target, { id: deliveryId, now, event }, signal)
  const url = textOf(answer.json, 'publicUrl')
  return { id: deliveryId, url: url !== undefined && isAddress(url) ? url : null }
}

/** Signed as events are. @throws PublishError unless it is taken */
async function send(
  ask: Ask,
  { server, secret }: PostTarget,
  { id, now, event }: { id: string; now: number; event: object },
  signal: AbortSignal,
): Promise<Answer> {
  const timestamp = Math.floor(now / 1000)
  const body = JSON.stringify(event)
  const answer = await ask({
    method: 'POST',
    url: server,
    headers: {
      'webhook-id': id,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': signatures({ id, timestamp, body }, [secret]),
    },
    body,
    signal,
  })
  if (answer.status < 200 || answer.status >= 300) throw refusal(answer, new URL(server).host, now)
  return answer
}

/** What the receiver says of where the post is; it is shown as a link. */
const isAddress = (text: string): boolean =>
  text.length <= 2000 && /^https?:\/\//i.test(text) && URL.canParse(text)
