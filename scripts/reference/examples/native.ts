import { type Example, IDS, SAMPLE_FILE } from '../example.ts'

const CLIENT = `import { Earshot } from 'earshot/client'

const earshot = new Earshot({ baseUrl: 'http://localhost:8080', apiKey: process.env.EARSHOT_KEY })
`

const one = { path: { id: IDS.transcription } }
const comment = { path: { id: IDS.transcription, commentId: IDS.comment } }
const tus = { 'Tus-Resumable': '1.0.0' }
const upload = { path: { id: IDS.upload } }
const webhook = { path: { id: IDS.webhook } }
const piece = { file: { path: SAMPLE_FILE, type: 'application/offset+octet-stream' } }

export const nativeExamples: Record<string, Example> = {
  'GET /v1/capabilities': {
    typescript: `${CLIENT}
const { models, price } = await earshot.capabilities()
console.log(models, price)`,
  },
  'POST /v1/transcriptions': {
    json: { mediaId: IDS.media, language: 'en', title: 'A greeting' },
    typescript: `import { openAsBlob } from 'node:fs'
${CLIENT}
const done = await earshot.transcribe(await openAsBlob('${SAMPLE_FILE}'), { language: 'en', title: 'A greeting' })
console.log(done.transcript.text)`,
  },
  'GET /v1/transcriptions': {
    query: { q: 'hello', limit: '10' },
    typescript: `${CLIENT}
const { items, nextCursor } = await earshot.list({ q: 'hello', limit: 10 })
console.log(items, nextCursor)`,
  },
  'GET /v1/transcriptions/facets': {},
  'POST /v1/transcriptions/delete': { json: { ids: [IDS.transcription] } },
  'POST /v1/transcriptions/tags': {
    json: { ids: [IDS.transcription], add: ['Interviews'], remove: ['Inbox'] },
  },
  'POST /v1/transcriptions/bin': { json: { ids: [IDS.transcription], media: false } },
  'POST /v1/transcriptions/restore': { json: { ids: [IDS.transcription] } },
  'GET /v1/deletions': { query: { limit: '10' } },
  'GET /v1/retention': {},
  'PUT /v1/retention': { json: { transcriptDays: 365, mediaDays: 90, membersDelete: false } },
  'GET /v1/transcriptions/{id}': {
    ...one,
    typescript: `${CLIENT}
const { state, transcript } = await earshot.get('${IDS.transcription}')
console.log(state, transcript?.text)
console.log(await earshot.export('${IDS.transcription}', 'srt'))`,
  },
  'PATCH /v1/transcriptions/{id}': { ...one, json: { title: 'Another title' } },
  'POST /v1/transcriptions/{id}/changes': {
    ...one,
    json: {
      version: 0,
      changeId: 'any-unique-text',
      changes: [{ at: 0, remove: 1, insert: [{ start: 0, end: 1.5, text: 'Hello!' }] }],
    },
  },
  'GET /v1/transcriptions/{id}/changes': { ...one, query: { since: '0' } },
  'DELETE /v1/transcriptions/{id}': {
    ...one,
    typescript: `${CLIENT}
console.log(await earshot.delete('${IDS.transcription}'))`,
  },
  'GET /v1/transcriptions/{id}/events': {
    ...one,
    answer: 'events',
    typescript: `${CLIENT}
for await (const event of earshot.events('${IDS.transcription}')) {
  if (event.type === 'progress') console.log(event.stage, event.pct)
  if (event.type === 'segment') console.log(event.start, event.text)
  if (event.type === 'end') console.log(event.state)
}`,
  },
  'GET /v1/vocabulary': {},
  'GET /v1/vocabulary/suggestions': {},
  'PUT /v1/vocabulary': {
    json: { keywords: ['Earshot', 'Silero'], replacements: [{ from: 'eyre shot', to: 'Earshot' }] },
  },
  'POST /v1/transcriptions/{id}/comments': {
    ...one,
    json: { start: 0, end: 1.5, quote: 'Hello.', text: 'Is this the right take?' },
  },
  'GET /v1/transcriptions/{id}/comments': one,
  'POST /v1/transcriptions/{id}/comments/{commentId}/replies': { ...comment, json: { text: 'Yes.' } },
  'PATCH /v1/transcriptions/{id}/comments/{commentId}': { ...comment, json: { resolved: true } },
  'DELETE /v1/transcriptions/{id}/comments/{commentId}': comment,
  'POST /v1/transcriptions/{id}/shares': { ...one, json: { expiresAt: '2099-01-01T00:00:00Z' } },
  'GET /v1/transcriptions/{id}/shares': one,
  'DELETE /v1/transcriptions/{id}/shares/{shareId}': {
    path: { id: IDS.transcription, shareId: IDS.share },
  },
  'GET /api/shared/{token}': { path: { token: IDS.token } },
  'GET /api/shared/{token}/captions': { path: { token: IDS.token }, answer: 'text' },
  'GET /api/shared/{token}/waveform': { path: { token: IDS.token }, answer: 'bytes' },
  'GET /api/shared/{token}/media': { path: { token: IDS.token }, answer: 'bytes' },
  'POST /v1/transcriptions/{id}/speakers': { ...one, json: { speakers: 2 } },
  'GET /v1/transcriptions/{id}/speakers': one,
  'POST /v1/transcriptions/{id}/video': { ...one, json: { size: 'large', speakers: false } },
  'GET /v1/transcriptions/{id}/video': one,
  'GET /v1/transcriptions/{id}/video/content': { path: { id: IDS.filmed }, answer: 'bytes' },
  'DELETE /v1/transcriptions/{id}/video': { path: { id: IDS.filmed } },
  'GET /v1/transcriptions/{id}/waveform': { path: { id: IDS.transcription }, answer: 'bytes' },
  'POST /v1/media': { form: { file: `@${SAMPLE_FILE}` } },
  'GET /v1/media': { query: { limit: '10' } },
  'GET /v1/media/{id}': { path: { id: IDS.media } },
  'DELETE /v1/media/{id}': { path: { id: IDS.media } },
  'GET /v1/media/{id}/content': { path: { id: IDS.media }, answer: 'bytes' },
  'OPTIONS /v1/uploads': { answer: 'headers' },
  'POST /v1/uploads': {
    headers: { ...tus, 'Upload-Length': '52480', 'Upload-Metadata': 'filename aGVsbG8uZmxhYw==' },
    answer: 'headers',
    typescript: `import { openAsBlob } from 'node:fs'
${CLIENT}
const mediaId = await earshot.upload(await openAsBlob('${SAMPLE_FILE}'), {
  onProgress: ({ sent, total }) => console.log(\`\${sent} of \${total} bytes\`),
})
console.log(mediaId)`,
  },
  'HEAD /v1/uploads/{id}': { ...upload, headers: tus, answer: 'headers' },
  'PATCH /v1/uploads/{id}': {
    ...upload,
    headers: { ...tus, 'Upload-Offset': '0' },
    ...piece,
    answer: 'headers',
  },
  'POST /v1/uploads/{id}': {
    ...upload,
    headers: { ...tus, 'Upload-Offset': '0', 'X-HTTP-Method-Override': 'PATCH' },
    ...piece,
    answer: 'headers',
  },
  'DELETE /v1/uploads/{id}': { ...upload, headers: tus },
  'GET /v1/uploads/{id}': upload,
  'GET /v1/webhooks': {},
  'POST /v1/webhooks': {
    json: { url: 'https://example.com/hook', events: ['transcription.succeeded', 'transcription.failed'] },
  },
  'GET /v1/webhooks/{id}': webhook,
  'PATCH /v1/webhooks/{id}': { ...webhook, json: { enabled: false } },
  'DELETE /v1/webhooks/{id}': webhook,
  'POST /v1/webhooks/{id}/rotate': webhook,
  'POST /v1/webhooks/{id}/test': webhook,
  'GET /v1/webhooks/{id}/deliveries': webhook,
  'POST /v1/webhooks/{id}/deliveries/{deliveryId}/replay': {
    path: { id: IDS.webhook, deliveryId: IDS.delivery },
  },
}
