import type { PostPlatform } from '../../../../src/contract/posts.ts'

export const PLATFORM_NAMES: Record<PostPlatform, string> = {
  mastodon: 'Mastodon',
  bluesky: 'Bluesky',
  webhook: 'Webhook',
}
