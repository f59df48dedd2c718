import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { z } from 'zod'
import { EXPORT_FORMATS } from '../../contract/native.ts'
import { type Api, ApiError } from '../api.ts'

/** `export`: the transcript as a file. */
export function exportTool(server: McpServer, api: Api): void {
  server.registerTool(
    'export',
    {
      title: 'Export a transcript',
      description:
        'The transcript as a file: text, subtitles (SRT, WebVTT), JSON with all times, or a Word document.',
      inputSchema: { id: z.string(), format: z.enum(EXPORT_FORMATS) },
      annotations: { readOnlyHint: true },
    },
    async ({ id, format }, { signal }) => {
      const answer = await api.ask('GET', `/transcriptions/${encodeURIComponent(id)}.${format}`, { signal })
      if (answer.status >= 400) throw new ApiError(answer)
      const { contentType, body } = answer
      const file = {
        uri: `earshot://transcriptions/${id}.${format}`,
        mimeType: contentType.split(';')[0] ?? '',
      }
      const isText = /^text\/|json|subrip/.test(contentType)
      const resource = isText
        ? { ...file, text: body.toString('utf8') }
        : { ...file, blob: body.toString('base64') }
      return { content: [{ type: 'resource', resource }] }
    },
  )
}
