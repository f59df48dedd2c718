import { type Example, IDS } from '../example.ts'

const account = { path: { id: IDS.postAccount } }
const draft = { path: { id: IDS.draft } }
const post = { path: { id: IDS.post } }
const accountIds = [IDS.postAccount]

export const postExamples: Record<string, Example> = {
  'GET /v1/post-accounts': {},
  'POST /v1/post-accounts': { json: { platform: 'webhook', url: 'https://hooks.example.com/posts' } },
  'POST /v1/post-accounts/{id}/test': account,
  'DELETE /v1/post-accounts/{id}': account,
  'POST /v1/transcriptions/{id}/drafts': { path: { id: IDS.transcription }, json: { accountIds } },
  'GET /v1/drafts': {},
  'POST /v1/drafts': { json: { accountIds, text: 'What we learned today.' } },
  'GET /v1/drafts/{id}': draft,
  'PATCH /v1/drafts/{id}': { ...draft, json: { thread: ['What we learned today.', 'Part two.'] } },
  'DELETE /v1/drafts/{id}': draft,
  'POST /v1/drafts/{id}/publish': { ...draft, json: { scheduledTime: '2027-03-01T09:00:00Z' } },
  'POST /v1/posts': {
    json: {
      post: {
        content: {
          text: 'What we learned today.',
          platform: [{ platform: 'webhook', accountId: IDS.postAccount }],
        },
      },
    },
  },
  'GET /v1/posts': { query: { limit: '10' } },
  'GET /v1/posts/{id}': post,
  'DELETE /v1/posts/{id}': post,
  'POST /v1/posts/{id}/retry': { path: { id: IDS.failedPost } },
  'GET /v1/posts/{id}/attempts': post,
}
