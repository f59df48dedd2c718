/** What `client-program.mjs` is given, and what it must have seen, wherever it ran. */
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import { Webhook } from 'standardwebhooks'
import { expect } from 'vitest'
import { newAccount } from './server.ts'
import { toneAudio, toneProgramme, wav } from './tone.ts'

export const BUILT_CLIENT = resolve(import.meta.dirname, '../../dist/client/index.js')
export const CLIENT_PROGRAM = resolve(import.meta.dirname, 'client-program.mjs')

const SECONDS = 60
/** So long that nobody has heard it before it is cancelled. */
const LONG_SECONDS = 1200
const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
/** Nobody listens here. */
const NOBODY = 'http://127.0.0.1:1025'
const words = toneProgramme(31, SECONDS)

/** Another site: it has the recording, the client and the program, as any site has its files. */
export async function clientSite(): Promise<{ origin: string; close(): void }> {
  const files: Record<string, [type: string, body: () => string | Buffer]> = {
    '/': ['text/html', () => '<!doctype html><title>Another site</title>'],
    '/client.js': ['text/javascript', () => readFileSync(BUILT_CLIENT)],
    '/program.mjs': ['text/javascript', () => readFileSync(CLIENT_PROGRAM)],
    '/tones.wav': ['audio/wav', () => wav(toneAudio(words, SECONDS))],
  }
  const server = createServer((request, response) => {
    const [type, body] = files[request.url ?? ''] ?? ['text/plain', () => '']
    response.writeHead(200, { 'content-type': type }).end(body())
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** For one run, with an account of its own. */
export async function clientTask(server: { origin: string; dataDir: string }, site: { origin: string }) {
  const { apiKey } = await newAccount(server.dataDir)
  const id = 'evt_1'
  const sentAt = new Date()
  const body = JSON.stringify({ type: 'webhook.test', data: {} })
  return {
    baseUrl: server.origin,
    apiKey,
    recordingUrl: `${site.origin}/tones.wav`,
    nobody: NOBODY,
    cancelledId: await cancelled(server.origin, apiKey),
    webhook: {
      body,
      headers: {
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1000)),
        'webhook-signature': new Webhook(SECRET).sign(id, sentAt, body),
      },
      secret: SECRET,
    },
  }
}

export type ClientTask = Awaited<ReturnType<typeof clientTask>>

/** A transcription that was. */
async function cancelled(baseUrl: string, apiKey: string): Promise<string> {
  const { Earshot } = (await import(BUILT_CLIENT)) as typeof import('../../src/client/index.ts')
  const earshot = new Earshot({ baseUrl, apiKey })
  const mediaId = await earshot.upload(
    new File([new Uint8Array(wav(toneAudio([], LONG_SECONDS)))], 'long.wav'),
  )
  const { id } = await earshot.create({ mediaId })
  expect(await earshot.delete(id)).toMatchObject({ outcome: 'cancelled' })
  return id
}

/** @param seen what `useClient` returned */
export function expectSeen(seen: unknown, { cancelledId }: ClientTask): void {
  const text = words.map(({ word }) => word).join(' ')
  expect(seen).toMatchObject({
    kinds: ['created', 'progress', 'segment', 'end'],
    connections: 2,
    title: 'tönes.wav',
    text,
    srt: expect.stringMatching(/^1\n00:00:/),
    docx: [0x50, 0x4b],
    webhook: ['webhook.test', true],
    errors: [
      ['api', 401, 'key.invalid', 'string'],
      ['connection'],
      ['transcription', 'transcription.cancelled', cancelledId],
      ['api', 400, 'media.not_media', 'string'],
    ],
  })
  const { sent, segments } = seen as { sent: number[]; segments: [number, string][] }
  expect(sent[0]).toBeGreaterThan(0)
  expect(sent.at(-1)).toBe(1)
  expect(segments.map(([index]) => index)).toEqual([...segments.keys()])
  expect(segments.map(([, said]) => said).join(' ')).toBe(text)
}
