import type { IncomingMessage, ServerResponse } from 'node:http'
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js'
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js'
import type { Api } from './api.ts'
import { createMcpServer } from './server.ts'

/** One request, whose answer is a stream of its own. Nothing is kept between requests: any API process may take the next. */
export async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  body: unknown,
  api: Api,
): Promise<void> {
  const server = createMcpServer(api)
  const transport = new StreamableHTTPServerTransport({})
  response.once('close', () => void server.close())
  // The SDK's own types disagree about optional properties.
  await server.connect(transport as unknown as Transport)
  await transport.handleRequest(request, response, body)
}
