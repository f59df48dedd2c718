import type { PostReply } from '../../../../src/contract/posts.ts'

type State = PostReply['state']

export const POST_COLORS: Record<State, string> = {
  pending: 'blue',
  published: 'green',
  failed: 'red',
  cancelled: 'gray',
}
