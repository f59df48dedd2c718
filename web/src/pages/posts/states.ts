import type { PostReply } from '../../../../src/contract/posts.ts'

type State = PostReply['state']

export const POST_STATES: Record<State, string> = {
  pending: 'Scheduled',
  published: 'Published',
  failed: 'Failed',
  cancelled: 'Cancelled',
}

export const POST_COLORS: Record<State, string> = {
  pending: 'blue',
  published: 'green',
  failed: 'red',
  cancelled: 'gray',
}
