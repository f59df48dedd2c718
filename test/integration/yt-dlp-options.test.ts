/** What an operator may add to yt-dlp: cookies, a proxy, arguments. The unmodified program takes them. */
import { chmod, readFile, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { DOUBLE_TEXT, type PlatformDouble, startPlatformDouble } from '../support/platform-double/index.ts'
import { earshot, newAccount, startServer, type TestServer, testFolder } from '../support/server.ts'
import { ytDlpCommand } from '../support/yt-dlp.ts'

const COOKIES = '# Netscape HTTP Cookie File\n.youtube.com\tTRUE\t/\tTRUE\t0\tSID\tof-the-operator\n'

let folder: Awaited<ReturnType<typeof testFolder>>
let double: PlatformDouble
let proxy: Proxy
let server: TestServer
let apiKey: string
const at = (name: string): string => join(folder.dataDir, '..', name)

beforeAll(async () => {
  folder = await testFolder()
  double = await startPlatformDouble()
  proxy = await startProxy(double.port)
  await writeFile(at('cookies.txt'), COOKIES)
  // Notes what it is run with, and runs the real one.
  const note = `echo "$@" >> ${at('arguments')}; cat cookies.txt >> ${at('cookies-seen')}`
  await writeFile(
    at('yt-dlp'),
    `#!/bin/sh\ncase "$*" in *--version) ;; *) ${note} ;; esac\nexec ${await ytDlpCommand()} "$@"\n`,
  )
  await chmod(at('yt-dlp'), 0o755)
  server = await startServer(folder.dataDir, {
    EARSHOT_MODEL: folder.model,
    EARSHOT_SLOTS: '1',
    EARSHOT_EGRESS_CA: double.caFile,
    EARSHOT_CAPTIONS: 'speech',
    EARSHOT_YTDLP: at('yt-dlp'),
    EARSHOT_YTDLP_COOKIES: at('cookies.txt'),
    EARSHOT_YTDLP_PROXY: `http://user:p%40ss@127.0.0.1:${proxy.port}`,
    EARSHOT_YTDLP_ARGS: '--extractor-args youtube:player_client=android --sleep-requests 0',
  })
  apiKey = (await newAccount(folder.dataDir)).apiKey
})
afterAll(async () => {
  await server?.stop()
  await proxy?.close()
  await double?.close()
  await folder?.remove()
})

it('goes through the operator’s proxy, with their cookies and arguments', async () => {
  const response = await fetch(`${server.origin}/api/public/transcribe`, {
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ url: 'https://youtu.be/options0009' }),
  })
  expect(await response.json()).toMatchObject({ ok: true, caption: { text: DOUBLE_TEXT } })

  expect(new Set(proxy.asked)).toEqual(
    new Set(['www.youtube.com:443', 'rr1---sn-double.googlevideo.com:443']),
  )
  expect(proxy.credentials).toBe('user:p@ss')
  // The client was the operator's choice, and what we always ask for was asked for beside it.
  expect(double.requests.some((each) => each.includes('/videoplayback') && each.includes('c=ANDROID'))).toBe(
    true,
  )
  const told = await readFile(at('arguments'), 'utf8')
  // Whoever lists the machine's processes reads them.
  expect(told).not.toMatch(/:\/\/[^\s/]*@/)
  const [probe = ''] = told.split('\n')
  expect(probe).toContain('--extractor-args youtube:player_client=android;skip=translated_subs')
  expect(probe).toContain('--sleep-requests 0')
})

it('gives yt-dlp a copy of the cookies: what it makes of them is not kept', async () => {
  expect(await readFile(at('cookies-seen'), 'utf8')).toContain('of-the-operator')
  expect(await readFile(at('cookies.txt'), 'utf8')).toBe(COOKIES)
})

it.each([
  [{ EARSHOT_YTDLP_COOKIES: '/nowhere/cookies.txt' }, 'cannot be read'],
  [{ EARSHOT_YTDLP_COOKIES: '/etc/hostname' }, 'is no cookies file'],
  [{ EARSHOT_YTDLP_ARGS: '--exec rm' }, '--exec is not one of'],
  [{ EARSHOT_YTDLP_PROXY: 'socks5://127.0.0.1:1080' }, 'must be a URL that begins with http://'],
])('does not start with %j', async (wrong, message) => {
  const env: Record<string, string> = { EARSHOT_MODEL: folder.model, ...wrong }
  const { code, stderr } = await earshot(at('other'), ['serve'], env)
  expect(code).toBe(1)
  expect(stderr).toContain(message)
})

interface Proxy {
  port: number
  /** `host:port` of every connection. */
  asked: string[]
  /** As last given. */
  credentials: string
  close(): Promise<void>
}

/** An HTTP proxy for which the whole internet is one port. */
async function startProxy(target: number): Promise<Proxy> {
  const asked: string[] = []
  const started = { asked, credentials: '' }
  const server: Server = createServer().on('connect', (request, socket) => {
    asked.push(request.url ?? '')
    const [, basic = ''] = (request.headers['proxy-authorization'] ?? '').split(' ')
    started.credentials = Buffer.from(basic, 'base64').toString()
    const out = connect(target, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      socket.pipe(out).pipe(socket)
    })
    out.on('error', () => socket.destroy())
    socket.on('error', () => out.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return Object.assign(started, {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  })
}
