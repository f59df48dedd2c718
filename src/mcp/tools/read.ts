import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { z } from 'zod'
import type { TranscriptionReply } from '../../contract/native.ts'
import { type Api, askJson } from '../api.ts'
import { described, summary } from '../present.ts'

/** `get_transcript`: the text with its times, or a stretch of it. */
export function readTool(server: McpServer, api: Api): void {
  server.registerTool(
    'get_transcript',
    {
      title: 'Read a transcript',
      description: 'The text of a transcription in paragraphs with their times, or how far it is.',
      inputSchema: {
        id: z.string().describe('As transcribe and search say it.'),
        from: z.number().min(0).default(0).describe('Seconds: only what is said from here on.'),
        to: z.number().min(0).optional().describe('Seconds: only what is said up to here.'),
      },
      outputSchema: summary.shape,
      annotations: { readOnlyHint: true },
    },
    async ({ id, from, to = Infinity }, { signal }) => {
      const path = `/transcriptions/${encodeURIComponent(id)}?words=false`
      return described(await askJson<TranscriptionReply>(api, 'GET', path, { signal }), { from, to })
    },
  )
}
