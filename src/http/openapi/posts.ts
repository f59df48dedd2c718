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
  postAccountReply,
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
      'The token or password is checked with the platform at once. If the account is already connected, it gets the new ' +
      'credentials and keeps its id. Posts to a webhook are signed with the `secret` in the answer, which is shown once.',
    body: json(connectPostAccountBody),
    replies: created(connectPostAccountReply),
  },
  {
    ...common,
    method: 'post',
    path: '/v1/post-accounts/{id}/test',
    summary: 'Test an account to post to',
    description:
      'Asks the platform whether the credentials still work, and how long a post may be. A webhook is sent a signed ' +
      '`post.test`. Nothing is published.',
    replies: ok(postAccountReply),
  },
  {
    ...common,
    method: 'delete',
    path: '/v1/post-accounts/{id}',
    summary: 'Disconnect an account',
    description: 'Published posts stay. Posts that still wait for this account fail when their time comes.',
    replies: nothing,
  },
  {
    ...common,
    method: 'post',
    path: '/v1/transcriptions/{id}/drafts',
    summary: 'Draft a post from a transcript',
    description:
      'The text is split at the ends of sentences into posts that fit all of the accounts. `from` and `to` choose a part ' +
      'of the recording.',
    headers: {
      'Idempotency-Key': { description: 'At most 255 characters. The same key and body create one draft.' },
    },
    body: json(draftTranscriptBody),
    replies: created(draftReply),
  },
  {
    ...common,
    method: 'get',
    path: '/v1/drafts',
    summary: 'List the drafts',
    description: 'Most recently changed first.',
    replies: ok(listDraftsReply),
  },
  {
    ...common,
    method: 'post',
    path: '/v1/drafts',
    summary: 'Draft a post from a text or a thread',
    description: 'A `text` is split into posts that fit all of the accounts; a `thread` is taken as it is.',
    headers: {
      'Idempotency-Key': { description: 'At most 255 characters. The same key and body create one draft.' },
    },
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
    description: 'Whether its posts fit is checked when it is published.',
    body: json(changeDraftBody),
    replies: ok(draftReply),
  },
  {
    ...common,
    method: 'delete',
    path: '/v1/drafts/{id}',
    summary: 'Remove a draft',
    description: 'Posts made from other drafts stay.',
    replies: nothing,
  },
  {
    ...common,
    method: 'post',
    path: '/v1/drafts/{id}/publish',
    summary: 'Publish or schedule a draft',
    description: 'The draft becomes a post, and is removed from the drafts.',
    headers: {
      'Idempotency-Key': { description: 'At most 255 characters. The same key and body create one post.' },
    },
    body: json(publishDraftBody),
    replies: accepted(postReply),
  },
  {
    ...common,
    method: 'get',
    path: '/v1/posts',
    summary: 'List posts',
    description: 'Scheduled and finished posts, latest time first, with the outcome on each platform.',
    query: listPostsQuery,
    replies: ok(listPostsReply),
  },
  {
    ...common,
    method: 'delete',
    path: '/v1/posts/{id}',
    summary: 'Cancel a post',
    description:
      'What is already published on a platform stays there. 409 if the post has ended or is being published.',
    replies: nothing,
  },
  {
    ...common,
    method: 'post',
    path: '/v1/posts/{id}/retry',
    summary: 'Try a failed post again',
    description:
      'Tries again now on each platform where it failed. What is already published stays, and is not published twice.',
    replies: accepted(postReply),
  },
  {
    ...common,
    method: 'get',
    path: '/v1/posts/{id}/attempts',
    summary: 'List the attempts at a post',
    description: 'In order, with the outcome of each.',
    replies: ok(listAttemptsReply),
  },
]
