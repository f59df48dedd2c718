import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { z } from 'zod'
import type { hit, ListTranscriptionsReply } from '../../contract/native.ts'
import { type Api, askJson } from '../api.ts'
import { clock, summarised, summary, text } from '../present.ts'

const found = summary.extend({
  hits: z.array(z.object({ start: z.number(), end: z.number(), snippet: z.string() })).optional(),
  hitCount: z.number().optional(),
})

/** `search`: the account's transcripts, all of them or those with certain words. */
export function searchTool(server: McpServer, api: Api): void {
  server.registerTool(
    'search',
    {
      title: 'Search transcripts',
      description:
        'Finds words in the account’s transcripts and titles, with the times where they are said. Without a query: ' +
        'the newest transcripts.',
      inputSchema: {
        query: z.string().max(200).optional().describe('All of these words must occur.'),
        language: z.string().optional(),
        limit: z.number().int().min(1).max(50).default(10),
        cursor: z.string().optional().describe('nextCursor of the page before.'),
      },
      outputSchema: { items: z.array(found), nextCursor: z.string().nullable() },
      annotations: { readOnlyHint: true },
    },
    async ({ query, language, limit, cursor }, { signal }) => {
      const asked = new URLSearchParams({ limit: String(limit), state: 'succeeded' })
      for (const [name, value] of Object.entries({ q: query, language, cursor }))
        if (value !== undefined) asked.set(name, value)
      const path = `/transcriptions?${asked}`
      const page = await askJson<ListTranscriptionsReply>(api, 'GET', path, { signal })
      const items = page.items.map(({ hits, hitCount, ...each }) => ({
        ...summarised(each),
        ...(hits && { hits: hits.map(placed), hitCount }),
      }))
      return {
        content: [text(items.map(line).join('\n') || 'Nothing was found.')],
        structuredContent: { items, nextCursor: page.nextCursor },
      }
    },
  )
}

const placed = ({ start, end, snippet }: z.infer<typeof hit>) => ({ start, end, snippet })

const line = ({ id, title, hits = [] }: z.infer<typeof found>): string =>
  [`${title ?? id} (${id})`, ...hits.map(({ start, snippet }) => `  [${clock(start)}] ${snippet}`)].join('\n')
