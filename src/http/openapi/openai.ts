import { z } from 'zod'
import { RESPONSE_FORMATS } from '../surfaces/openai/fields.ts'
import { json, type Operation, ok, TEXT, TRANSCRIBED } from './operation.ts'

const common = { tag: 'OpenAI', errors: 'OpenAi', security: ['bearer'] } as const

const model = z.object({
  id: z.string(),
  object: z.literal('model'),
  created: z.number(),
  owned_by: z.string(),
})

const form = {
  json: {
    type: 'object',
    properties: {
      file: { type: 'string', format: 'binary', description: 'The recording. Instead of it: `url`.' },
      url: {
        type: 'string',
        description:
          'Groq’s: the address of the recording, of a post on one of the platforms, or a data URL in base64.',
      },
      model: {
        type: 'string',
        description:
          'As in `/v1/models`, or as other servers call Whisper models; `whisper-1` always will do.',
      },
      language: { type: 'string', description: 'ISO 639-1.' },
      'languages[]': { type: 'array', items: { type: 'string' }, description: 'One, as `language`.' },
      response_format: { enum: RESPONSE_FORMATS, default: 'json' },
      diarize: { type: 'boolean', description: 'Who speaks, in every format that has segments.' },
      'timestamp_granularities[]': { type: 'array', items: { enum: ['word', 'segment'] } },
      prompt: {
        type: 'string',
        description: 'Text that may go before: a hint, which engines that take none pass over.',
      },
      'keywords[]': {
        type: 'array',
        items: { type: 'string' },
        description: 'Names and terms that may occur, each as it is to be written.',
      },
      temperature: {
        type: 'number',
        minimum: 0,
        maximum: 1,
        description:
          'How freely the model chooses its words; engines that always take the likeliest pass it over.',
      },
      stream: {
        type: 'boolean',
        default: false,
        description:
          'Events `transcript.text.delta`, with diarized_json `transcript.text.segment`, and `transcript.text.done`; ' +
          'with json, text and diarized_json.',
      },
      'include[]': { type: 'array', items: { enum: ['logprobs'] }, description: 'With json.' },
      'known_speaker_names[]': {
        type: 'array',
        items: { type: 'string' },
        description: 'Up to 4 people, with diarized_json.',
      },
      'known_speaker_references[]': {
        type: 'array',
        items: { type: 'string' },
        description: 'For each of them, 0.5 to 30 seconds of their voice as a data URL.',
      },
      chunking_strategy: {
        description: '`auto`, or as JSON `server_vad` with its settings.',
      },
    },
    required: ['model'],
  },
}

const audio = (path: string, summary: string, description: string): Operation => ({
  ...common,
  method: 'post',
  path,
  summary,
  description,
  body: { 'multipart/form-data': form },
  replies: {
    200: {
      description: 'In the format that was asked for.',
      content: {
        ...json(TRANSCRIBED),
        'text/plain': TEXT,
        'text/event-stream': TEXT,
      },
    },
  },
})

export const openaiOperations: Operation[] = [
  audio(
    '/v1/audio/transcriptions',
    'Transcribe a file (OpenAI)',
    'Answers when the text is there, or with `stream` in events. The recording is kept in the media library.',
  ),
  audio(
    '/v1/audio/translations',
    'Translate a file into English (OpenAI)',
    'For models that can; the capabilities say which.',
  ),
  {
    ...common,
    method: 'get',
    path: '/v1/models',
    summary: 'List models',
    description: 'The models at work, and the names that stand for them.',
    replies: ok(z.object({ object: z.literal('list'), data: z.array(model) })),
  },
  {
    ...common,
    method: 'get',
    path: '/v1/models/{model}',
    summary: 'Get a model',
    description: 'One model, by its id or a name that stands for it.',
    replies: ok(model),
  },
  {
    ...common,
    method: 'get',
    path: '/v1/models/{model}/{name}',
    summary: 'Get a model by its hub name',
    description: 'The same for names with a slash, such as `Systran/faster-whisper-small`.',
    replies: ok(model),
  },
]
