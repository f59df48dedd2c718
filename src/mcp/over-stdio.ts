import { openAsBlob } from 'node:fs'
import { basename, resolve } from 'node:path'
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js'
import { type Api, type ApiAnswer, ApiError, type AskOptions } from './api.ts'
import { createMcpServer } from './server.ts'

/** Speaks on stdin and stdout until stdin ends. */
export async function serveStdio(server: string, key: string): Promise<void> {
  const transport = new StdioServerTransport()
  const mcp = createMcpServer(remote(server, key))
  const ended = new Promise<void>((done) => {
    process.stdin.once('end', done)
    process.stdin.once('close', done)
  })
  await mcp.connect(transport)
  await ended
  await mcp.close()
}

function remote(server: string, key: string): Api {
  const base = `${server.replace(/\/+$/, '')}/v1`
  const authorization = `Bearer ${key}`

  async function ask(
    method: string,
    path: string,
    { body, headers, signal }: AskOptions = {},
  ): Promise<ApiAnswer> {
    return send(path, {
      method,
      headers: {
        ...headers,
        authorization,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
    })
  }

  async function send(path: string, init: RequestInit): Promise<ApiAnswer> {
    const answer = await fetch(base + path, init).catch((cause: unknown) => {
      throw new Error(`${server} cannot be reached. Is the server running?`, { cause })
    })
    return {
      status: answer.status,
      contentType: answer.headers.get('content-type') ?? '',
      body: Buffer.from(await answer.arrayBuffer()),
    }
  }

  return {
    ask,
    async upload(path, signal) {
      const form = new FormData()
      const blob = await openAsBlob(resolve(path)).catch((cause: unknown) => {
        throw new Error(`${path} cannot be read.`, { cause })
      })
      form.append('file', blob, basename(path))
      const headers = { authorization, 'soku-api-key': key }
      const answer = await send('/media', { method: 'POST', headers, body: form, signal })
      if (answer.status >= 400) throw new ApiError(answer)
      return JSON.parse(answer.body.toString('utf8')) as { mediaId: string }
    },
  }
}
