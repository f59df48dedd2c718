import { VIDEO_DAYS, videoOptions, videoReply } from '../../contract/videos.ts'
import { wholeOrPart } from './files.ts'
import { accepted, json, nothing, type Operation, ok } from './operation.ts'

const transcriptions = { tag: 'Transcriptions', errors: 'Soku', security: ['bearer', 'sokuApiKey'] } as const

export const videoOperations: Operation[] = [
  {
    ...transcriptions,
    method: 'post',
    path: '/v1/transcriptions/{id}/video',
    summary: 'Make a video with subtitles',
    description: `Draws the subtitles into the recording and makes an MP4 (H.264 and AAC) of it, in the background and free of charge. The picture keeps its size; one larger than 4K is made smaller, and sound alone gets a plain dark picture. The video shows the transcript as it is when the work begins. It replaces an earlier one of the transcription, counts towards the account’s storage, and is kept for ${VIDEO_DAYS} days, or until the transcription or the recording is deleted. It needs the recording: if that was deleted, or the link was only read, the answer is 404 \`media.missing\`. Needs the scopes \`transcribe\` and \`media\`.`,
    headers: {
      'Idempotency-Key': { description: 'At most 255 characters. The same key and body make one video.' },
    },
    body: json(videoOptions),
    replies: accepted(videoReply),
  },
  {
    ...transcriptions,
    method: 'get',
    path: '/v1/transcriptions/{id}/video',
    summary: 'Get the state of a video',
    description: 'How far the video of `POST /v1/transcriptions/{id}/video` is, and where its file is.',
    replies: ok(videoReply),
  },
  {
    ...transcriptions,
    method: 'get',
    path: '/v1/transcriptions/{id}/video/content',
    summary: 'Download a video',
    description:
      'Streams the finished video, whole or in ranges. 404 while it is being made, or if it could not be made.',
    ...wholeOrPart,
  },
  {
    ...transcriptions,
    method: 'delete',
    path: '/v1/transcriptions/{id}/video',
    summary: 'Cancel or delete a video',
    description: 'Stops making it, or removes its file. The transcription and the recording stay.',
    replies: nothing,
  },
]
