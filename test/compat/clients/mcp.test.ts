/** The SDK's own client: over HTTP at `/mcp`, and with `earshot mcp` on stdin and stdout. */
import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Comment } from '../../../src/contract/comments.ts'
import { upload } from '../../support/client.ts'
import { callTool as call, mcpConnected, mcpOverHttp, toolSaid as said } from '../../support/mcp-client.ts'
import { nativeClient } from '../../support/native.ts'
import { earshot, newAccount, programEnv } from '../../support/server.ts'
import { toneAudio, toneProgramme, wav } from '../../support/tone.ts'
import { toneServer } from '../../support/tone-server.ts'

const SECONDS = 70
const words = toneProgramme(71, SECONDS)
const text = words.map(({ word }) => word).join(' ')
const recording = wav(toneAudio(words, SECONDS))
const PROGRAM = resolve(import.meta.dirname, '../../../bin/earshot.js')

const server = toneServer()
let file: string

beforeAll(async () => {
  file = join(server.files, 'talk.wav')
  await writeFile(file, recording)
})

const overHttp = (key = server.apiKey) => mcpOverHttp(server.origin, key)

const overStdio = (key = server.apiKey): Promise<Client> =>
  mcpConnected(
    new StdioClientTransport({
      command: process.execPath,
      args: [PROGRAM, 'mcp', '--server', server.origin, '--key', key],
      env: programEnv(server.dataDir),
    }),
  )

/**
 * Transcribes while the progress is told. It is taken from the wire: the SDK passes a notification on only after the
 * answer that was read along with it, and drops it then.
 */
async function transcribed(client: Client, args: Record<string, unknown>) {
  const steps: number[] = []
  const { transport } = client
  const read = transport!.onmessage!
  transport!.onmessage = (message, extra) => {
    if ('method' in message && message.method === 'notifications/progress')
      steps.push(message.params!.progress as number)
    read(message, extra)
  }
  const result = (await client.callTool({ name: 'transcribe', arguments: args }, undefined, {
    onprogress: () => {},
    resetTimeoutOnProgress: true,
    timeout: 150_000,
  })) as CallToolResult
  transport!.onmessage = read
  return { result, steps }
}

describe.each([
  ['over HTTP', overHttp],
  ['on stdin and stdout', overStdio],
] as const)('%s', (name, connect) => {
  let client: Client
  let id: string
  beforeAll(async () => {
    client = await connect()
  })
  afterAll(() => client?.close())

  it('names its tools', async () => {
    const { tools } = await client.listTools()
    expect(tools.map((tool) => tool.name)).toEqual([
      'transcribe',
      'get_transcript',
      'search',
      'quote',
      'export',
      'get_comments',
      'comment',
      'cancel',
    ])
    const files = Object.keys(tools[0]!.inputSchema.properties ?? {}).includes('file')
    expect(files).toBe(name !== 'over HTTP')
    expect(client.getInstructions()).toContain('transcribe')
  })

  it('transcribes, and tells how far it is', async () => {
    const { mediaId } = (await upload(server.origin, server.apiKey, new Uint8Array(recording))).body
    const { result, steps } = await transcribed(client, {
      ...(name === 'over HTTP' ? { mediaId } : { file }),
      title: `Talk ${name}`,
    })
    expect(result.isError).toBeFalsy()
    expect(result.structuredContent).toMatchObject({
      state: 'succeeded',
      durationSeconds: SECONDS,
      creditsDebited: 2,
      standIn: false,
    })
    expect(said(result)).toContain(`[00:00:0`)
    expect(steps.at(-1)).toBe(100)
    expect(steps).toEqual([...new Set(steps)].sort((a, b) => a - b))
    id = (result.structuredContent as { id: string }).id
  })

  it('reads it, or a stretch of it', async () => {
    const all = said(await call(client, 'get_transcript', { id }))
    expect(
      all
        .replace(/^#.*$/m, '')
        .match(/[a-z]+/g)
        ?.join(' '),
    ).toBe(text)
    const to = 20
    const some = said(await call(client, 'get_transcript', { id, to }))
    expect(some.length).toBeLessThan(all.length)
  })

  it('comments on a passage, replies, and reads what others say', async () => {
    const { structuredContent } = await call(client, 'comment', {
      id,
      start: 1,
      end: 2.5,
      quote: 'seven',
      text: 'Which one?',
    })
    const { comment } = structuredContent as { comment: Comment }
    expect(comment).toMatchObject({ start: 1, end: 2.5, quote: 'seven', text: 'Which one?', mine: true })
    await nativeClient(server.origin, server.apiKey).call(
      'POST',
      `/transcriptions/${id}/comments/${comment.id}/replies`,
      { text: 'The first.' },
    )
    await call(client, 'comment', { id, replyTo: comment.id, text: 'Thanks.' })
    const read = await call(client, 'get_comments', { id })
    expect(said(read)).toMatch(
      /^\[00:00:01–00:00:02\] “seven” \(\w+\)\n {2}.+: Which one\?\n {2}.+: The first\.\n {2}.+: Thanks\.$/,
    )
    expect(read.structuredContent).toMatchObject({ items: [{ id: comment.id, replies: [{}, {}] }] })
    for (const [args, problem] of [
      [{ id, text: 'Where?' }, /start/],
      [{ id: 'tj_none', start: 1, end: 2, text: 'x' }, /tj_none/],
    ] as const) {
      const refused = await call(client, 'comment', args)
      expect(refused.isError).toBe(true)
      expect(said(refused)).toMatch(problem)
    }
  })

  it('searches', async () => {
    const found = await call(client, 'search', { query: words[3]!.word })
    const { items } = found.structuredContent as { items: { id: string; hits: { start: number }[] }[] }
    expect(items.find((each) => each.id === id)?.hits.length).toBeGreaterThan(0)
    const newest = await call(client, 'search', { limit: 1 })
    expect(newest.structuredContent).toMatchObject({ items: [{ id }] })
  })

  it('quotes to the word', async () => {
    const [one, two] = [words[4]!, words[5]!]
    const found = await call(client, 'quote', { id, query: `${one.word} ${two.word}` })
    const { quotes } = found.structuredContent as { quotes: { start: number; end: number }[] }
    const here = quotes.find(({ start }) => Math.abs(start - one.at) < 0.06)
    expect(here?.end).toBeGreaterThan(two.at)
    expect(said(await call(client, 'quote', { id, query: 'antidisestablishmentarianism' }))).toContain(
      'not said',
    )
  })

  it.each([
    ['srt', 'application/x-subrip', /^1\n00:00:00/],
    ['vtt', 'text/vtt', /^WEBVTT/],
    ['txt', 'text/plain', /^[a-z ]+\n$/],
  ])('exports %s', async (format, mimeType, shape) => {
    const { content } = await call(client, 'export', { id, format })
    expect(content).toEqual([
      {
        type: 'resource',
        resource: {
          uri: `earshot://transcriptions/${id}.${format}`,
          mimeType,
          text: expect.stringMatching(shape),
        },
      },
    ])
  })

  it('exports a Word document', async () => {
    const { content } = await call(client, 'export', { id, format: 'docx' })
    const [file] = content
    if (file?.type !== 'resource' || !('blob' in file.resource)) throw new Error('no document')
    expect(Buffer.from(file.resource.blob, 'base64').toString('latin1', 0, 2)).toBe('PK')
  })

  it('says what is wrong', async () => {
    expect(await call(client, 'get_transcript', { id: 'tj_none' })).toMatchObject({ isError: true })
    expect(said(await call(client, 'transcribe', {}))).toContain('mediaId')
    const foreign = await call(client, 'transcribe', { url: 'ftp://example.com/a.mp3' })
    expect([foreign.isError, said(foreign)]).toEqual([true, expect.stringContaining('https://')])
    expect(said(await call(client, 'cancel', { id }))).toContain('already')
  })
})

describe('a key’s scopes hold', () => {
  const keyWith = async (...scopes: string[]): Promise<string> => {
    const native = nativeClient(server.origin, server.apiKey)
    return (await native.call<{ apiKey: string }>('POST', '/api-keys', { name: 'mcp', scopes })).body.apiKey
  }

  it('one that may only read the library', async () => {
    const client = await overHttp(await keyWith('library'))
    expect((await call(client, 'search', {})).isError).toBeFalsy()
    const refused = await call(client, 'transcribe', { url: 'https://example.com/a.mp3' })
    expect([refused.isError, said(refused)]).toEqual([true, expect.stringContaining('transcribe')])
    await client.close()
  })

  it('one that may not', async () => {
    const client = await overHttp(await keyWith('credits'))
    expect(await call(client, 'search', {})).toMatchObject({ isError: true })
    await client.close()
  })
})

it('refuses who has no key', async () => {
  await expect(overHttp('sk_live_wrong')).rejects.toThrow(/401|Invalid/)
  const none = await fetch(`${server.origin}/mcp`, { method: 'POST' })
  expect([none.status, none.headers.get('www-authenticate')]).toEqual([401, 'Bearer'])
  const other = await fetch(`${server.origin}/mcp`, { headers: { authorization: `Bearer ${server.apiKey}` } })
  expect([other.status, other.headers.get('allow')]).toEqual([405, 'POST'])
})

it('cancels what is under way, under one key for all tries', async () => {
  const account = await newAccount(server.dataDir, 10)
  const client = await overHttp(account.apiKey)
  // Nobody answers there: it stays under way.
  const asked = { url: 'https://192.0.2.1/a.mp3', wait: false, idempotencyKey: 'once' }
  const begun = (await call(client, 'transcribe', asked)).structuredContent as { id: string }
  expect((await call(client, 'transcribe', asked)).structuredContent).toMatchObject({ id: begun.id })
  expect(said(await call(client, 'cancel', { id: begun.id }))).toMatch(/cancelled|failed/)
  await client.close()
  expect((await earshot(server.dataDir, ['credits', 'audit'])).code).toBe(0)
})

it('earshot mcp without a key says so', async () => {
  const { code, stderr } = await earshot(server.dataDir, ['mcp'])
  expect([code, stderr]).toEqual([2, expect.stringContaining('EARSHOT_KEY')])
})
