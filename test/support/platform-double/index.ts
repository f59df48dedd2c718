/**
 * A double of the seven platforms: one TLS server that answers as their pages, APIs and CDNs do, for
 * unmodified yt-dlp behind the egress guard (`EARSHOT_EGRESS_DIAL`, `EARSHOT_EGRESS_CA`). An id chooses the
 * outcome; the media is made of tones, so that the words which come back are known.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type PlatformAnswers, text } from './answer.ts'
import { makeCertificate } from './certificate.ts'
import { example } from './example.ts'
import { facebook } from './facebook.ts'
import { instagram } from './instagram.ts'
import { linkedin } from './linkedin.ts'
import { type Media, makeMedia, PROGRAMME } from './media.ts'
import { pinterest } from './pinterest.ts'
import { tiktok } from './tiktok.ts'
import { twitter } from './twitter.ts'
import { youtube } from './youtube.ts'

/** The words of `PROGRAMME` as a transcript's text. */
export const DOUBLE_TEXT = PROGRAMME.map(({ word }) => word).join(' ')

const NAMES = [
  ...['youtube.com', '*.youtube.com', 'youtu.be', '*.googlevideo.com'],
  ...['tiktok.com', '*.tiktok.com', '*.tiktokcdn.com'],
  ...['instagram.com', '*.instagram.com', '*.cdninstagram.com'],
  ...['facebook.com', '*.facebook.com', 'fb.watch', '*.fbcdn.net', '*.xx.fbcdn.net'],
  ...['x.com', '*.x.com', 'twitter.com', '*.twitter.com', 't.co', '*.twimg.com', '*.syndication.twimg.com'],
  ...['linkedin.com', '*.linkedin.com', 'lnkd.in', '*.licdn.com'],
  ...['hooks.example.com', 'feeds.example.com'],
  ...['pinterest.com', '*.pinterest.com', 'pin.it', '*.pinimg.com'],
]

const PLATFORMS: readonly PlatformAnswers[] = [
  youtube,
  tiktok,
  instagram,
  facebook,
  twitter,
  linkedin,
  pinterest,
  example,
]

export interface PlatformDouble {
  port: number
  /** For `EARSHOT_EGRESS_CA`. */
  caFile: string
  /** Every request so far, as `GET https://host/path?query`. */
  requests: string[]
  /** Sends the rest of the videos `held…`, now and from now on. */
  release(): void
  close(): Promise<void>
}

/** @param paced what the videos `pace…` are, `length` in seconds, and how long their download takes */
export async function startPlatformDouble(paced?: Media['paced']): Promise<PlatformDouble> {
  const dir = await mkdtemp(join(tmpdir(), 'earshot-double-'))
  let release: () => void = () => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  const [media, { caFile, key, cert }] = await Promise.all([
    makeMedia(dir, { released, ...(paced && { paced }) }),
    makeCertificate(dir, NAMES),
  ])
  const requests: string[] = []
  const server = createServer({ key, cert }, async (request, response) => {
    const host = (request.headers.host ?? '').replace(/:\d+$/, '')
    const url = new URL(request.url ?? '/', `https://${host}`)
    const line = `${request.method} ${url.href}`
    const before = requests.filter((each) => each === line).length
    requests.push(line)
    try {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk)
      const body = Buffer.concat(chunks).toString()
      const asked = { request, response, host, url, path: url.pathname, body, media, before }
      if (!PLATFORMS.some((answers) => answers(asked))) text(asked, `no such host here: ${host}`, 404)
    } catch (error) {
      if (!response.headersSent) response.writeHead(500)
      response.end(String(error))
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    caFile,
    requests,
    release,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await rm(dir, { recursive: true, force: true })
    },
  }
}
