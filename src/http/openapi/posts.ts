import {
  changeDraftBody,
  connectPostAccountBody,
  connectPostAccountReply,
  createDraftBody,
  draftReply,
  draftTranscriptBody,
  listAttemptsReply,
  listDraftsReply,
  listPostAccountsReply,
  listPostsQuery,
  listPostsReply,
  postReply,
  publishDraftBody,
} from '../../contract/posts.ts'
import { accepted, created, json, nothing, type Operation, ok } from './operation.ts'

const common = { errors: 'Soku', security: ['bearer', 'sokuApiKey'], tag: 'Posts' } as const

export const postOperations: Operation[] = [
  {
    ...common,
    method: 'get',
    path: '/v1/post-accounts',
    summary: 'List the accounts to post to',
    description: 'In the order in which they were connected. Their secrets are never shown.',
    replies: ok(listPostAccountsReply),
  },
  {
    ...common,
    method: 'post',
    path: '/v1/post-accounts',
    summary: 'Connect an account on Mastodon or Bluesky, or a webhook',
    description:
      'The platform is asked at once whose the token or password is. An account that is connected already gets the new ' +
      'one and keeps its id. Posts to a webhook are signed with the `secret` in the answer, which is shown this once.',
    body: json(connectPostAccountBody),
    replies: created(connectPostAccountReply),
  },
  {
    ...common,
    method: 'delete',
    path: '/v1/post-accounts/{id}',
    summary: 'Disconnect an account',
    description: 'What is published stays. What still waits to be posted there fails when its time comes.',
    replies: nothing,
  },
  {
    ...common,
    method: 'post',
    path: '/v1/transcriptions/{id}/drafts',
    summary: 'Draft a post from a transcript',
    description:
      'The text is cut at the ends of sentences into posts that all of the accounts take. `from` and `to` choose a part ' +
      'of the recording.',
    body: json(draftTranscriptBody),
    replies: created(draftReply),
  },
  {
    ...common,
    method: 'get',
    path: '/v1/drafts',
    summary: 'List the drafts',
    description: 'The one that was changed last comes first.',
    replies: ok(listDraftsReply),
  },
  {
    ...common,
    method: 'post',
    path: '/v1/drafts',
    summary: 'Draft a post from a text or a thread',
    description: 'A `text` is cut to what all of the accounts take; a `thread` is taken as it is.',
    body: json(createDraftBody),
    replies: created(draftReply),
  },
  {
    ...common,
    method: 'get',
    path: '/v1/drafts/{id}',
    summary: 'Get a draft',
    description: 'With the length of each post as the platforms count it, and how long one may be.',
    replies: ok(draftReply),
  },
  {
    ...common,
    method: 'patch',
    path: '/v1/drafts/{id}',
    summary: 'Change a draft',
    description: 'Whether its posts fit is said when it is published.',
    body: json(changeDraftBody),
    replies: ok(draftReply),
  },
  {
    ...common,
    method: 'delete',
    path: '/v1/drafts/{id}',
    summary: 'Remove a draft',
    description: 'Posts that were made of earlier drafts stay.',
    replies: nothing,
  },
  {
    ...common,
    method: 'post',
    path: '/v1/drafts/{id}/publish',
    summary: 'Publish a draft, now or at its time',
    description: 'The draft becomes a post and is a draft no more.',
    headers: {
      'Idempotency-Key': { description: 'At most 255 characters. The same key and body post once.' },
    },
    body: json(publishDraftBody),
    replies: accepted(postReply),
  },
  {
    ...common,
    method: 'get',
    path: '/v1/posts',
    summary: 'List posts',
    description:
      'By their time, the latest first: those that wait, and those that ended, with what became of each on each platform.',
    query: listPostsQuery,
    replies: ok(listPostsReply),
  },
  {
    ...common,
    method: 'delete',
    path: '/v1/posts/{id}',
    summary: 'Cancel a post',
    description:
      'What is out on one platform already stays there. 409 where it has ended or is being published.',
    replies: nothing,
  },
  {
    ...common,
    method: 'get',
    path: '/v1/posts/{id}/attempts',
    summary: 'List the attempts at a post',
    description: 'In their order, with the outcome of each.',
    replies: ok(listAttemptsReply),
  },
]
