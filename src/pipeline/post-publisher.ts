/** Publishes what is due, some at a time. One in every process that works; any number may share a database. */
import type { Logger } from 'pino'
import type { Deps } from '../domain/context.ts'
import { startPoll } from '../domain/leases/poll.ts'
import { claimPost, publishClaimed } from '../domain/posts/deliver.ts'
import type { Publisher } from '../ports/publisher.ts'
import type { SecretBox } from '../ports/secret-box.ts'

/** Times come by themselves, and signals may be lost. */
const LOOK_MS = 2000
const AT_ONCE = 4

export function startPublishing(deps: Deps & { publisher: Publisher; secrets: SecretBox; logger: Logger }): {
  stop(): Promise<void>
} {
  const stopping = new AbortController()
  const poll = startPoll({
    everyMs: LOOK_MS,
    claim: async (running) => (running < AT_ONCE ? claimPost(deps) : undefined),
    async run(claimed) {
      const { id, post_id: post, platform, attempts } = claimed.row
      deps.logger.debug({ delivery: id, post, platform, attempts }, 'publishing a post')
      await publishClaimed(deps, claimed, stopping.signal).catch((error: unknown) =>
        deps.logger.error({ err: error, delivery: id, post }, 'publishing a post broke'),
      )
    },
    failed: (error) => deps.logger.error({ err: error }, 'cannot look for posts that are due'),
  })
  const unsubscribe = deps.signals.subscribe('post.due', poll.look)
  return {
    async stop() {
      unsubscribe()
      stopping.abort(new Error('stopping'))
      await poll.stop()
      await poll.ended()
    },
  }
}
