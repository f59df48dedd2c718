/** Earshot's tools for assistants (Model Context Protocol). */
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import type { Api } from './api.ts'
import { cancelTool } from './tools/cancel.ts'
import { commentsTool, commentTool } from './tools/comments.ts'
import { exportTool } from './tools/export.ts'
import { quoteTool } from './tools/quote.ts'
import { readTool } from './tools/read.ts'
import { searchTool } from './tools/search.ts'
import { transcribeTool } from './tools/transcribe.ts'

const INSTRUCTIONS =
  'Earshot turns recordings into text with times. transcribe a link or file, or search what is there already; then ' +
  'get_transcript to read, quote to find who said what and when, export for subtitles and documents, comment to ' +
  'leave a remark on a passage. Transcribing costs credits by length; search first.'

const TOOLS = [
  transcribeTool,
  readTool,
  searchTool,
  quoteTool,
  exportTool,
  commentsTool,
  commentTool,
  cancelTool,
]

export function createMcpServer(api: Api): McpServer {
  const server = new McpServer({ name: 'earshot', version: '1' }, { instructions: INSTRUCTIONS })
  for (const register of TOOLS) register(server, api)
  return server
}
