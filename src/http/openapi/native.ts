import { z } from 'zod'
import {
  changeTranscriptBody,
  changeTranscriptReply,
  editTranscriptionBody,
  listChangesQuery,
  listChangesReply,
} from '../../contract/edits.ts'
import {
  capabilitiesReply,
  createTranscriptionBody,
  createWebhookBody,
  deleteTranscriptionReply,
  deleteTranscriptionsBody,
  deleteTranscriptionsReply,
  deliveryReply,
  facetsReply,
  listDeliveriesQuery,
  listDeliveriesReply,
  listMediaQuery,
  listMediaReply,
  listTranscriptionsQuery,
  listTranscriptionsReply,
  listWebhooksReply,
  mediaItem,
  transcriptionReply,
  updateWebhookBody,
  uploadReply,
  vocabularyBody,
  vocabularyReply,
  webhookReply,
  webhookWithSecret,
} from '../../contract/native.ts'
import { createShareBody, createShareReply, listSharesReply, sharedReply } from '../../contract/shares.ts'
import { accepted, BYTES, created, json, nothing, type Operation, ok, TEXT } from './operation.ts'

const common = { errors: 'Soku', security: ['bearer', 'sokuApiKey'] } as const
const transcriptions = { ...common, tag: 'Transcriptions' }
const media = { ...common, tag: 'Media' }
const uploads = { ...common, tag: 'Uploads' }
const webhooks = { ...common, tag: 'Webhooks' }

/** What `send-media.ts` takes and answers. */
const wholeOrPart = {
  headers: { Range: { description: 'One range of bytes: `bytes=0-99`.' } },
  replies: {
    200: { description: 'The file.', content: { '*/*': BYTES } },
    206: { description: 'The part.', content: { '*/*': BYTES } },
    304: { description: 'The client has it.' },
    416: { description: 'The file ends before that part begins.' },
  },
}

const flag = z.enum(['true', 'false', '1', '0']).optional()
const readQuery = z.object({
  original: flag.describe('As recognised, before any edit.'),
  words: flag.describe('With the times of words; true unless said.'),
})

export const vocabularyOperations: Operation[] = [
  {
    ...transcriptions,
    method: 'get',
    path: '/v1/vocabulary',
    summary: 'Names, terms and replacements that every transcription of the account is given',
    replies: ok(vocabularyReply),
  },
  {
    ...transcriptions,
    method: 'put',
    path: '/v1/vocabulary',
    summary: 'Keeps others instead',
    body: json(vocabularyBody),
    replies: ok(vocabularyReply),
  },
]

export const shareOperations: Operation[] = [
  {
    ...transcriptions,
    method: 'post',
    path: '/v1/transcriptions/{id}/shares',
    summary: 'Makes a link for readers who have no login',
    body: json(createShareBody),
    replies: created(createShareReply),
  },
  {
    ...transcriptions,
    method: 'get',
    path: '/v1/transcriptions/{id}/shares',
    summary: 'The links that work, the newest first',
    replies: ok(listSharesReply),
  },
  {
    ...transcriptions,
    method: 'delete',
    path: '/v1/transcriptions/{id}/shares/{shareId}',
    summary: 'Ends a link at once',
    replies: nothing,
  },
]

const FILES = {
  'text/plain': TEXT,
  'application/x-subrip': TEXT,
  'text/vtt': TEXT,
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': BYTES,
}

/** What such a link opens. The token is all that is asked for. */
const readers = { tag: 'Shared links', errors: 'Soku', security: [] } as const

export const readerOperations: Operation[] = [
  {
    ...readers,
    method: 'get',
    path: '/api/shared/{token}',
    summary: 'The transcript that a link shows; as a file with an ending',
    description:
      'With `.txt`, `.srt`, `.vtt`, `.json`, `.tsv`, `.lrc`, `.md` or `.docx` after the token, the transcript is sent as a file of that kind.',
    replies: {
      200: { description: 'The transcript.', content: { ...json(sharedReply), ...FILES } },
    },
  },
  {
    ...readers,
    method: 'get',
    path: '/api/shared/{token}/captions',
    summary: 'Its captions for a player',
    replies: { 200: { description: 'WebVTT.', content: { 'text/vtt': TEXT } } },
  },
  {
    ...readers,
    method: 'get',
    path: '/api/shared/{token}/media',
    summary: 'Its recording, whole or in part',
    ...wholeOrPart,
  },
]

export const transcriptionOperations: Operation[] = [
  {
    ...transcriptions,
    method: 'get',
    path: '/v1/capabilities',
    summary: 'What can be asked of this server, and what it costs',
    replies: ok(capabilitiesReply),
  },
  {
    ...transcriptions,
    method: 'post',
    path: '/v1/transcriptions',
    summary: 'Begins a transcription of a file, an address or a link',
    headers: {
      'Idempotency-Key': { description: 'At most 255 characters. The same key and body begin it once.' },
    },
    body: json(createTranscriptionBody),
    replies: {
      202: {
        description: 'It is queued.',
        content: json(transcriptionReply),
        headers: { Location: 'Where to ask for it.' },
      },
    },
  },
  {
    ...transcriptions,
    method: 'get',
    path: '/v1/transcriptions',
    summary: 'Lists and searches, the newest first',
    query: listTranscriptionsQuery,
    replies: ok(listTranscriptionsReply),
  },
  {
    ...transcriptions,
    method: 'get',
    path: '/v1/transcriptions/facets',
    summary: 'How many there are of each kind',
    replies: ok(facetsReply),
  },
  {
    ...transcriptions,
    method: 'post',
    path: '/v1/transcriptions/delete',
    summary: 'Cancels or removes many at once',
    body: json(deleteTranscriptionsBody),
    replies: ok(deleteTranscriptionsReply),
  },
  {
    ...transcriptions,
    method: 'get',
    path: '/v1/transcriptions/{id}',
    summary: 'One transcription with its text; as a file with an ending',
    description:
      'With `.txt`, `.srt`, `.vtt`, `.json`, `.tsv`, `.lrc`, `.md` or `.docx` after the id, the transcript is sent as a file of that kind.',
    query: readQuery,
    replies: {
      200: {
        description: 'The transcription.',
        content: { ...json(transcriptionReply), ...FILES },
      },
    },
  },
  {
    ...transcriptions,
    method: 'patch',
    path: '/v1/transcriptions/{id}',
    summary: 'Renames it, or saves an edited text',
    body: json(editTranscriptionBody),
    replies: ok(transcriptionReply),
  },
  {
    ...transcriptions,
    method: 'post',
    path: '/v1/transcriptions/{id}/changes',
    summary: 'Saves a few segments of an edited text',
    body: json(changeTranscriptBody),
    replies: ok(changeTranscriptReply),
  },
  {
    ...transcriptions,
    method: 'get',
    path: '/v1/transcriptions/{id}/changes',
    summary: 'Who changed what since a version',
    query: listChangesQuery,
    replies: ok(listChangesReply),
  },
  {
    ...transcriptions,
    method: 'delete',
    path: '/v1/transcriptions/{id}',
    summary: 'Cancels what is under way, removes what has ended',
    replies: ok(deleteTranscriptionReply),
  },
  {
    ...transcriptions,
    method: 'get',
    path: '/v1/transcriptions/{id}/events',
    summary: 'The way to the text, as it goes',
    description:
      'Events `progress` (`ProgressEvent`), `segment` (`SegmentEvent`) and at last `end` (`TranscriptionSummary`), ' +
      'each with an id. A connection with `Last-Event-ID` goes on behind that event, on any machine; 204: there ' +
      'is nothing more.',
    headers: { 'Last-Event-ID': { description: 'The id of the last event that arrived.' } },
    replies: {
      200: { description: 'A stream of events.', content: { 'text/event-stream': TEXT } },
      204: { description: 'Everything was sent already.' },
    },
  },
]

export const mediaOperations: Operation[] = [
  {
    ...media,
    method: 'get',
    path: '/v1/media',
    summary: 'Lists the media library, the newest first',
    query: listMediaQuery,
    replies: ok(listMediaReply),
  },
  {
    ...media,
    method: 'get',
    path: '/v1/media/{id}',
    summary: 'One file of the media library',
    replies: ok(mediaItem),
  },
  {
    ...media,
    method: 'delete',
    path: '/v1/media/{id}',
    summary: 'Removes a file; its transcripts stay',
    replies: nothing,
  },
  {
    ...media,
    method: 'get',
    path: '/v1/media/{id}/content',
    summary: 'The stored file, whole or in part',
    ...wholeOrPart,
  },
]

const tus = { 'Tus-Resumable': { description: '`1.0.0`', required: true } }
const offset = { 'Upload-Offset': 'Bytes that are here, from the beginning.' }
const mediaId = { 'Earshot-Media-Id': 'The file of the library that it became, once it is complete.' }

export const uploadOperations: Operation[] = [
  {
    ...uploads,
    method: 'options',
    path: '/v1/uploads',
    summary: 'What of tus 1.0 this server speaks',
    replies: { 204: { description: 'In the headers `Tus-Extension` and `Tus-Max-Size`.' } },
  },
  {
    ...uploads,
    method: 'post',
    path: '/v1/uploads',
    summary: 'Begins an upload that can be gone on with (tus 1.0)',
    description:
      'Any tus client will do. With a body of `application/offset+octet-stream` it begins with that.',
    headers: {
      ...tus,
      'Upload-Length': { description: 'Bytes of the whole file.', required: true },
      'Upload-Metadata': { description: '`filename` and its name in base64.' },
    },
    replies: {
      201: {
        description: 'Begun.',
        headers: { Location: 'Where to send it.', 'Upload-Expires': 'When it is forgotten.', ...mediaId },
      },
    },
  },
  {
    ...uploads,
    method: 'head',
    path: '/v1/uploads/{id}',
    summary: 'Where an upload stands (tus 1.0)',
    headers: tus,
    replies: { 200: { description: 'In its headers.', headers: { ...offset, ...mediaId } } },
  },
  {
    ...uploads,
    method: 'patch',
    path: '/v1/uploads/{id}',
    summary: 'Sends the next piece (tus 1.0)',
    headers: { ...tus, 'Upload-Offset': { description: 'Where the piece begins.', required: true } },
    body: { 'application/offset+octet-stream': BYTES },
    replies: { 204: { description: 'Stored.', headers: { ...offset, ...mediaId } } },
  },
  {
    ...uploads,
    method: 'post',
    path: '/v1/uploads/{id}',
    summary: 'The same as the method that `X-HTTP-Method-Override` names (tus 1.0)',
    description: 'For networks that let only GET and POST through.',
    headers: {
      ...tus,
      'X-HTTP-Method-Override': { description: '`PATCH`, `HEAD` or `DELETE`.', required: true },
    },
    body: { 'application/offset+octet-stream': BYTES },
    replies: { 204: { description: 'Done.', headers: { ...offset, ...mediaId } } },
  },
  {
    ...uploads,
    method: 'delete',
    path: '/v1/uploads/{id}',
    summary: 'Takes an upload back (tus 1.0)',
    headers: tus,
    replies: nothing,
  },
  {
    ...uploads,
    method: 'get',
    path: '/v1/uploads/{id}',
    summary: 'Where an upload stands, and what it became',
    replies: ok(uploadReply),
  },
]

export const webhookOperations: Operation[] = [
  {
    ...webhooks,
    method: 'get',
    path: '/v1/webhooks',
    summary: 'Lists the receivers of events',
    replies: ok(listWebhooksReply),
  },
  {
    ...webhooks,
    method: 'post',
    path: '/v1/webhooks',
    summary: 'Adds a receiver',
    description: 'What it gets follows Standard Webhooks 1.0.0.',
    body: json(createWebhookBody),
    replies: created(webhookWithSecret),
  },
  {
    ...webhooks,
    method: 'get',
    path: '/v1/webhooks/{id}',
    summary: 'One receiver, with its secret',
    replies: ok(webhookWithSecret),
  },
  {
    ...webhooks,
    method: 'patch',
    path: '/v1/webhooks/{id}',
    summary: 'Changes a receiver',
    body: json(updateWebhookBody),
    replies: ok(webhookReply),
  },
  {
    ...webhooks,
    method: 'delete',
    path: '/v1/webhooks/{id}',
    summary: 'Removes a receiver',
    replies: nothing,
  },
  {
    ...webhooks,
    method: 'post',
    path: '/v1/webhooks/{id}/rotate',
    summary: 'Makes a new secret; the old one signs as well for a day',
    replies: ok(webhookWithSecret),
  },
  {
    ...webhooks,
    method: 'post',
    path: '/v1/webhooks/{id}/test',
    summary: 'Sends a test event',
    replies: accepted(deliveryReply),
  },
  {
    ...webhooks,
    method: 'get',
    path: '/v1/webhooks/{id}/deliveries',
    summary: 'What was sent to a receiver, the newest first',
    query: listDeliveriesQuery,
    replies: ok(listDeliveriesReply),
  },
  {
    ...webhooks,
    method: 'post',
    path: '/v1/webhooks/{id}/deliveries/{deliveryId}/replay',
    summary: 'Sends it again',
    replies: accepted(deliveryReply),
  },
]
