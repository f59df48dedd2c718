import { listMediaQuery, listMediaReply, mediaItem, uploadReply } from '../../contract/native.ts'
import { wholeOrPart } from './files.ts'
import { BYTES, nothing, type Operation, ok } from './operation.ts'

const common = { errors: 'Soku', security: ['bearer', 'sokuApiKey'] } as const
const media = { ...common, tag: 'Media' } as const
const uploads = { ...common, tag: 'Uploads' } as const

export const mediaOperations: Operation[] = [
  {
    ...media,
    method: 'get',
    path: '/v1/media',
    summary: 'List media',
    description: 'The files of the media library, newest first.',
    query: listMediaQuery,
    replies: ok(listMediaReply),
  },
  {
    ...media,
    method: 'get',
    path: '/v1/media/{id}',
    summary: 'Get a media file’s details',
    description: 'Name, type, size and length of one file, and when it expires.',
    replies: ok(mediaItem),
  },
  {
    ...media,
    method: 'delete',
    path: '/v1/media/{id}',
    summary: 'Delete a media file',
    description: 'Removes the stored file. Its transcripts stay.',
    replies: nothing,
  },
  {
    ...media,
    method: 'get',
    path: '/v1/media/{id}/content',
    summary: 'Download a media file',
    description: 'Streams the stored file, whole or in ranges.',
    ...wholeOrPart,
  },
]

const tus = { 'Tus-Resumable': { description: '`1.0.0`', required: true } }
const offset = { 'Upload-Offset': 'Bytes received so far.' }
const mediaId = { 'Earshot-Media-Id': 'The media library’s id of the file, once it is complete.' }

export const uploadOperations: Operation[] = [
  {
    ...uploads,
    method: 'options',
    path: '/v1/uploads',
    summary: 'Discover upload options',
    description:
      'Which tus version and extensions the server speaks, and the largest upload it takes. No key is needed.',
    replies: { 204: { description: 'In the headers `Tus-Extension` and `Tus-Max-Size`.' } },
  },
  {
    ...uploads,
    method: 'post',
    path: '/v1/uploads',
    summary: 'Start a resumable upload',
    description:
      'tus 1.0; any tus client works. With a body of type `application/offset+octet-stream` the upload starts with those bytes.',
    headers: {
      ...tus,
      'Upload-Length': { description: 'Bytes of the whole file.', required: true },
      'Upload-Metadata': { description: '`filename` and its name in base64.' },
    },
    replies: {
      201: {
        description: 'Started.',
        headers: {
          Location: 'Where to send the file.',
          'Upload-Expires': 'When the upload expires.',
          ...mediaId,
        },
      },
    },
  },
  {
    ...uploads,
    method: 'head',
    path: '/v1/uploads/{id}',
    summary: 'Get an upload’s offset',
    description: 'tus 1.0: how many bytes have arrived, in `Upload-Offset`. Ask this before resuming.',
    headers: tus,
    replies: { 200: { description: 'In its headers.', headers: { ...offset, ...mediaId } } },
  },
  {
    ...uploads,
    method: 'patch',
    path: '/v1/uploads/{id}',
    summary: 'Send a piece of an upload',
    description:
      'tus 1.0: appends the body at `Upload-Offset`. The answer to the last piece names the file in `Earshot-Media-Id`.',
    headers: { ...tus, 'Upload-Offset': { description: 'Where the piece begins.', required: true } },
    body: { 'application/offset+octet-stream': BYTES },
    replies: { 204: { description: 'Stored.', headers: { ...offset, ...mediaId } } },
  },
  {
    ...uploads,
    method: 'post',
    path: '/v1/uploads/{id}',
    summary: 'Send an overridden tus request',
    description:
      'tus 1.0 for networks that let only GET and POST through: does what the method in `X-HTTP-Method-Override` would do.',
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
    summary: 'Cancel an upload',
    description: 'tus 1.0: discards what has arrived.',
    headers: tus,
    replies: nothing,
  },
  {
    ...uploads,
    method: 'get',
    path: '/v1/uploads/{id}',
    summary: 'Get an upload',
    description:
      'The same as JSON: the state, how many bytes have arrived, and the `mediaId` once it is complete.',
    replies: ok(uploadReply),
  },
]
