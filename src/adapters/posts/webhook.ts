/** A post for whatever takes it: n8n, Make, Zapier, a program of one's own. Signed as events are. */
import { signatures } from '../../domain/webhooks/sign.ts'
import type {
  Connected,
  Credentials,
  PostTarget,
  PostToPublish,
  PublishedPost,
} from '../../ports/publisher.ts'
import { type Ask, refusal, textOf } from './ask.ts'

/** As long a text as any, in one piece. */
const LIMITS = { graphemes: 60_000 }

/** Nothing is asked of it: what it is sent first is a post. */
export const connectWebhook = async ({ server }: Credentials): Promise<Connected> => ({
  server,
  handle: new URL(server).host,
  remoteId: null,
  limits: LIMITS,
})

/** `webhook-id` is the delivery's, the same for every attempt, so that the receiver knows a repetition. */
export async function publishByWebhook(
  ask: Ask,
  { server, secret }: PostTarget,
  { deliveryId, postId, thread, language, createdAt, extra }: PostToPublish,
  signal: AbortSignal,
): Promise<PublishedPost> {
  const now = Date.now()
  const timestamp = Math.floor(now / 1000)
  const body = JSON.stringify({
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
  })
  const answer = await ask({
    method: 'POST',
    url: server,
    headers: {
      'webhook-id': deliveryId,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': signatures({ id: deliveryId, timestamp, body }, [secret]),
    },
    body,
    signal,
  })
  if (answer.status < 200 || answer.status >= 300) throw refusal(answer, new URL(server).host, now)
  const url = textOf(answer.json, 'publicUrl')
  return { id: deliveryId, url: url !== undefined && isAddress(url) ? url : null }
}

/** What the receiver says of where the post is; it is shown as a link. */
const isAddress = (text: string): boolean =>
  text.length <= 2000 && /^https?:\/\//i.test(text) && URL.canParse(text)
