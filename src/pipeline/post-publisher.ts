/** Publishes posts whose time has come. */
import type { Logger } from 'pino'
import type { Deps } from '../domain/context.ts'
import { claimPost, publishClaimed } from '../domain/posts/deliver.ts'
import type { Publisher } from '../ports/publisher.ts'
import type { SecretBox } from '../ports/secret-box.ts'
import { whenDue } from './when-due.ts'

export const startPublishing = (
  deps: Deps & { publisher: Publisher; secrets: SecretBox; logger: Logger },
): { stop(): Promise<void> } =>
  whenDue(deps.signals, {
    topic: 'post.due',
    everyMs: 2000,
    atOnce: 4,
    claim: () => claimPost(deps),
    async run(claimed, stopping) {
      const { id, post_id: post, platform, attempts } = claimed.row
      deps.logger.debug({ delivery: id, post, platform, attempts }, 'publishing a post')
      await publishClaimed(deps, claimed, stopping).catch((error: unknown) =>
        deps.logger.error({ err: error, delivery: id, post }, 'publishing a post broke'),
      )
    },
    failed: (error) => deps.logger.error({ err: error }, 'cannot look for posts that are due'),
  })
