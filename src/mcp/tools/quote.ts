import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { z } from 'zod'
import { momentOn } from '../../contract/moment-on.ts'
import type { TranscriptionReply } from '../../contract/native.ts'
import { type Api, askJson } from '../api.ts'
import { clock, text } from '../present.ts'
import { quotesOf } from '../quotes.ts'

const quote = z.object({
  start: z.number(),
  end: z.number(),
  text: z.string(),
  speaker: z.string().optional(),
  url: z.string().optional(),
})

const MOST = 50

/** `quote`: the passages of one transcript, with their times, their speaker, and a link to the moment. */
export function quoteTool(server: McpServer, api: Api): void {
  server.registerTool(
    'quote',
    {
      title: 'Quote with times',
      description:
        'Finds where something is said in a transcript: the words to the tenth of a second, who says them, and a ' +
        'link to the moment where the source has one.',
      inputSchema: {
        id: z.string(),
        query: z.string().min(1).max(500).describe('The words as they are said.'),
        context: z.number().int().min(0).max(10).default(0).describe('Segments before and after.'),
      },
      outputSchema: { title: z.string().nullable(), quotes: z.array(quote) },
      annotations: { readOnlyHint: true },
    },
    async ({ id, query, context }, { signal }) => {
      const path = `/transcriptions/${encodeURIComponent(id)}`
      const { transcript, title, state, source } = await askJson<TranscriptionReply>(api, 'GET', path, {
        signal,
      })
      if (!transcript) throw new Error(`${id} is ${state}: it has no text.`)
      const moment = momentOn(source)
      const quotes = quotesOf(transcript.segments, query, context)
        .slice(0, MOST)
        .map((each) => ({ ...each, ...(moment && { url: moment(each.start) }) }))
      return {
        content: [text(quotes.map(line).join('\n') || 'That is not said in it.')],
        structuredContent: { title, quotes },
      }
    },
  )
}

const line = ({ start, end, text, speaker, url }: z.infer<typeof quote>): string =>
  `[${clock(start)}–${clock(end)}] ${speaker ? `${speaker}: ` : ''}“${text}”${url ? ` ${url}` : ''}`
