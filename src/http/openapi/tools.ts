import { z } from 'zod'
import { asrQuery, detectQuery } from '../surfaces/asr/query.ts'
import { RESPONSE_FORMATS } from '../surfaces/inference/fields.ts'
import { listenQuery } from '../surfaces/listen/query.ts'
import { BYTES, type Header, json, type Operation, ok, TEXT, TRANSCRIBED } from './operation.ts'

/** The APIs of other tools; each can be turned off with `EARSHOT_APIS_OFF`. */

const keyed = { security: ['bearer', 'basic'] } as const

const once: Record<string, Header> = {
  'Idempotency-Key': {
    description: 'At most 255 characters. The same key and request are executed, and charged, once.',
  },
}

const form = (field: string, others: object = {}) => ({
  'multipart/form-data': {
    json: {
      type: 'object',
      properties: { [field]: { type: 'string', format: 'binary' }, ...others },
      required: [field],
    },
  },
})

const detected = z.object({
  detected_language: z.string().optional(),
  language_code: z.string().optional(),
  confidence: z.number().optional(),
})

const asr: Operation[] = [
  {
    ...keyed,
    tag: 'whisper-asr-webservice',
    errors: 'Asr',
    method: 'post',
    path: '/asr',
    summary: 'Transcribe or translate a file (whisper-asr-webservice)',
    description:
      'Answers when the text is there, however long that takes. With `encode=false` the body is 16-bit PCM, mono, 16 kHz.',
    query: asrQuery,
    headers: once,
    body: form('audio_file'),
    replies: { 200: { description: 'In the output that was asked for.', content: { 'text/plain': TEXT } } },
  },
  {
    ...keyed,
    tag: 'whisper-asr-webservice',
    errors: 'Asr',
    method: 'post',
    path: '/detect-language',
    summary: 'Detect the spoken language (whisper-asr-webservice)',
    description: 'About a minute of speech is heard, and charged. `{}` means that nobody speaks.',
    query: detectQuery,
    headers: once,
    body: form('audio_file'),
    replies: ok(detected),
  },
]

const inference: Operation = {
  ...keyed,
  tag: 'whisper.cpp',
  errors: 'Inference',
  method: 'post',
  path: '/inference',
  summary: 'Transcribe a file (whisper.cpp)',
  description:
    'Answers when the text is there, however long that takes. Settings of whisper.cpp’s decoder are ignored.',
  headers: once,
  body: form('file', {
    response_format: { enum: RESPONSE_FORMATS, default: 'json' },
    language: { type: 'string', description: 'ISO 639-1, or `auto`, which is the default here.' },
    translate: { type: 'boolean' },
    diarize: { type: 'boolean', description: 'Of a recording with a speaker on each of two channels.' },
    detect_language: { type: 'boolean' },
    prompt: { type: 'string' },
    temperature: { type: 'number', minimum: 0, maximum: 1 },
    no_timestamps: { type: 'boolean' },
  }),
  replies: {
    200: {
      description: 'In the format that was asked for.',
      content: { ...json(TRANSCRIBED), 'text/plain': TEXT },
    },
  },
}

const listened = z.object({
  metadata: z.looseObject({ request_id: z.string(), duration: z.number(), channels: z.number() }),
  results: z.looseObject({
    channels: z.array(
      z.looseObject({
        alternatives: z.array(z.looseObject({ transcript: z.string(), confidence: z.number() })),
      }),
    ),
  }),
})

const listen: Operation = {
  ...keyed,
  tag: 'Deepgram',
  errors: 'Listen',
  method: 'post',
  path: '/v1/listen',
  summary: 'Transcribe a recording (Deepgram)',
  description:
    'The recording is the body, or `{"url": "https://…"}`. If it takes longer than `EARSHOT_REQUEST_TIMEOUT`, the answer is 504 with the `transcription_id`, and the work goes on.',
  query: listenQuery,
  headers: once,
  body: { ...json(z.object({ url: z.string() })), 'application/octet-stream': BYTES },
  replies: ok(listened, 'The transcript.'),
}

const message = json({ json: { type: 'object', properties: { jsonrpc: { const: '2.0' } } } })

const mcp: Operation = {
  security: ['bearer', 'sokuApiKey'],
  tag: 'MCP',
  errors: 'none',
  method: 'post',
  path: '/mcp',
  summary: 'Call MCP tools',
  description:
    'Model Context Protocol over streamable HTTP, without sessions. Each tool does what the key may do.',
  body: message,
  replies: {
    200: { description: 'Events, each a message.', content: { ...message, 'text/event-stream': TEXT } },
  },
}

export const toolOperations: Operation[] = [...asr, inference, listen, mcp]
