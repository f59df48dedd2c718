import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { z } from 'zod'
import type { TranscriptionReply } from '../../contract/native.ts'
import { type Api, askJson } from '../api.ts'
import { text } from '../present.ts'

/** `cancel`: ends what is under way. What has ended stays: nothing is deleted from here. */
export function cancelTool(server: McpServer, api: Api): void {
  server.registerTool(
    'cancel',
    {
      title: 'Cancel a transcription',
      description: 'Ends a transcription that is queued or running; it then costs nothing.',
      inputSchema: { id: z.string() },
      annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: true },
    },
    async ({ id }, { signal }) => {
      const path = `/transcriptions/${encodeURIComponent(id)}`
      const { state } = await askJson<TranscriptionReply>(api, 'GET', `${path}?words=false`, { signal })
      if (state !== 'queued' && state !== 'running') return { content: [text(`It is ${state} already.`)] }
      await askJson(api, 'DELETE', path, { signal })
      return { content: [text('It was cancelled, and costs nothing.')] }
    },
  )
}
