import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { z } from 'zod'
import type { TranscriptionReply } from '../../contract/native.ts'
import { wishes } from '../../contract/wishes.ts'
import { type Api, askJson } from '../api.ts'
import { described, summary } from '../present.ts'
import { waitForEnd } from '../wait.ts'

const { model, prompt, diarize, task, channels } = wishes.shape

const input = {
  url: z
    .string()
    .optional()
    .describe(
      'A post on YouTube, TikTok, Instagram, Facebook, X, LinkedIn or Pinterest, or a media file’s address.',
    ),
  mediaId: z.string().optional().describe('A file of the media library.'),
  language: z.string().optional().describe('ISO 639-1, like en. Left out: detected.'),
  task: task.describe('translate: into English.'),
  diarize: diarize.describe('Say who speaks.'),
  channels: channels.describe('separate: a call with a speaker on each of two channels.'),
  prompt: prompt.describe('Text that might go before: spelling and style follow it.'),
  keywords: z
    .array(z.string())
    .optional()
    .describe('Names and terms that may occur, as they are to be written.'),
  model: model.describe('One of the installed models. Left out: the default.'),
  title: z.string().optional(),
  wait: z.boolean().default(true).describe('False: return at once; ask get_transcript later.'),
  idempotencyKey: z
    .string()
    .max(255)
    .optional()
    .describe('The same key again is the same request, and costs nothing more.'),
}

const FILE = {
  file: z.string().optional().describe('The path of a file on this machine; it is uploaded.'),
}

/** Clients give up after a minute where they are not told of any progress. */
const UNTOLD_MS = 45_000

/** `transcribe`: a link or file becomes text, with its progress on the way. */
export function transcribeTool(server: McpServer, api: Api): void {
  server.registerTool(
    'transcribe',
    {
      title: 'Transcribe',
      description:
        'Turns a video link or a media file into text with times. Give one of url and mediaId' +
        `${api.upload ? ', or file' : ''}. Costs credits by the recording’s length; the same link again is answered ` +
        'from what is stored.',
      inputSchema: api.upload ? { ...input, ...FILE } : input,
      outputSchema: summary.shape,
      annotations: { readOnlyHint: false, destructiveHint: false, openWorldHint: true },
    },
    async (args, { signal, _meta, sendNotification }) => {
      const { wait, idempotencyKey, file, mediaId, ...asked } = args as typeof args & { file?: string }
      const sent = file !== undefined && api.upload ? (await api.upload(file, signal)).mediaId : mediaId
      const begun = await askJson<TranscriptionReply>(api, 'POST', '/transcriptions', {
        body: { ...asked, ...(sent !== undefined && { mediaId: sent }) },
        signal,
        ...(idempotencyKey && { headers: { 'idempotency-key': idempotencyKey } }),
      })
      if (!wait) return described(begun)
      const token = _meta?.progressToken
      const tell =
        token === undefined
          ? undefined
          : (progress: number, message: string) =>
              sendNotification({
                method: 'notifications/progress',
                params: { progressToken: token, progress, total: 100, message },
              })
      return described(
        await waitForEnd(api, begun.id, { signal, tell, ...(!tell && { patienceMs: UNTOLD_MS }) }),
      )
    },
  )
}
