import { createShareBody, createShareReply, listSharesReply, sharedReply } from '../../contract/shares.ts'
import { FILES, waveformFile, wholeOrPart } from './files.ts'
import { created, json, nothing, type Operation, ok, TEXT } from './operation.ts'

const shares = { tag: 'Share links', errors: 'Soku', security: ['bearer', 'sokuApiKey'] } as const

export const shareOperations: Operation[] = [
  {
    ...shares,
    method: 'post',
    path: '/v1/transcriptions/{id}/shares',
    summary: 'Create a share link',
    description:
      'Makes a link that shows the transcript and its recording to readers without a login. The `url` is shown once: the server stores only a hash of it.',
    body: json(createShareBody),
    replies: created(createShareReply),
  },
  {
    ...shares,
    method: 'get',
    path: '/v1/transcriptions/{id}/shares',
    summary: 'List share links',
    description: 'The links that still work, newest first. Their addresses cannot be shown again.',
    replies: ok(listSharesReply),
  },
  {
    ...shares,
    method: 'delete',
    path: '/v1/transcriptions/{id}/shares/{shareId}',
    summary: 'Revoke a share link',
    description: 'The link stops working at once, also for readers who have it open.',
    replies: nothing,
  },
]

/** What such a link opens. The token is all that is asked for. */
const readers = { tag: 'Share links', errors: 'Soku', security: [] } as const

export const readerOperations: Operation[] = [
  {
    ...readers,
    method: 'get',
    path: '/api/shared/{token}',
    summary: 'Read a shared transcript',
    description:
      'With `.txt`, `.srt`, `.vtt`, `.json`, `.tsv`, `.csv`, `.lrc`, `.md`, `.docx`, `.edl`, `.fcpxml` or `.xml` after the token, the transcript is sent as a file of that kind. The token is the only credential; the answer names neither the account nor any id.',
    replies: {
      200: { description: 'The transcript.', content: { ...json(sharedReply), ...FILES } },
    },
  },
  {
    ...readers,
    method: 'get',
    path: '/api/shared/{token}/captions',
    summary: 'Get a shared transcript’s captions',
    description: 'WebVTT, for a player’s `<track>`.',
    replies: { 200: { description: 'WebVTT.', content: { 'text/vtt': TEXT } } },
  },
  {
    ...readers,
    method: 'get',
    path: '/api/shared/{token}/waveform',
    summary: 'Get a shared recording’s waveform',
    ...waveformFile,
  },
  {
    ...readers,
    method: 'get',
    path: '/api/shared/{token}/media',
    summary: 'Play a shared recording',
    description:
      'Streams the recording, whole or in ranges. Sent as audio, video or a download, never as a page.',
    ...wholeOrPart,
  },
]
