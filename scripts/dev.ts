/**
 * `npm run dev`: the server and the page, renewed as their sources change, with the tone model and an account that has
 * been in use for some weeks. All of it lies in .cache/dev: remove that folder to begin anew.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, watch, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'
import { type PlatformDouble, startPlatformDouble } from '../test/support/platform-double/index.ts'
import { programEnv, startServer } from '../test/support/server.ts'
import { writeToneModel } from '../test/support/tone.ts'
import { ytDlpCommand } from '../test/support/yt-dlp.ts'
import { age, makeSamples } from './lib/sample-data.ts'

const root = resolve(import.meta.dirname, '..')
const HOME = join(root, '.cache/dev')
const DATA = join(HOME, 'data')
const WELCOME = join(HOME, 'welcome.json')
const PORT = process.env.PORT ?? '8080'
const PAGE_PORT = '5173'
/** Editors save several files at once. */
const SETTLE_MS = 200

interface Welcome {
  apiKey: string
  /** Where the owner chooses a password. */
  joinPath: string
}

const buildServer = (): boolean =>
  spawnSync(process.execPath, [join(root, 'scripts/build.mjs')], { stdio: 'inherit' }).status === 0

/** The account's first weeks, lived through in a minute. The videos come from the tests' double of the platforms. */
async function seed(model: string, double: PlatformDouble): Promise<void> {
  const receiver = createServer((_, response) => response.writeHead(204).end())
  await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done))
  const host = `127.0.0.1:${(receiver.address() as AddressInfo).port}`
  const server = await startServer(DATA, {
    EARSHOT_MODEL: model,
    EARSHOT_WEBHOOK_ALLOW: host,
    EARSHOT_YTDLP: await ytDlpCommand(),
    EARSHOT_EGRESS_DIAL: `127.0.0.1:${double.port}`,
    EARSHOT_EGRESS_CA: double.caFile,
  })
  const joinPath = /(\/join#\S+)/.exec(server.output())?.[1] ?? ''
  const samples = await makeSamples(server, DATA, `http://${host}/earshot`)
  await server.stop()
  receiver.closeAllConnections()
  receiver.close()
  age(DATA, samples)
  const welcome: Welcome = { apiKey: server.apiKey, joinPath }
  writeFileSync(WELCOME, JSON.stringify(welcome))
}

async function main(): Promise<void> {
  mkdirSync(HOME, { recursive: true })
  const model = writeToneModel(join(HOME, 'model'))
  if (!buildServer()) process.exit(1)
  const double = await startPlatformDouble()
  if (!existsSync(WELCOME)) {
    console.log('making an account with some weeks of work …')
    await seed(model, double)
  }
  const env = programEnv(DATA, {
    PORT,
    EARSHOT_MODEL: model,
    EARSHOT_LOG_LEVEL: 'info',
    EARSHOT_YTDLP: await ytDlpCommand(),
    EARSHOT_EGRESS_DIAL: `127.0.0.1:${double.port}`,
    EARSHOT_EGRESS_CA: double.caFile,
  })
  const serve = (): ChildProcess =>
    spawn(process.execPath, [join(root, 'bin/earshot.js'), 'serve'], { env, stdio: 'inherit' })
  let server = serve()
  const page = spawn(join(root, 'node_modules/.bin/vite'), ['web', '--port', PAGE_PORT, '--strictPort'], {
    cwd: root,
    env: { ...process.env, EARSHOT_ORIGIN: `http://127.0.0.1:${PORT}` },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const { apiKey, joinPath } = JSON.parse(readFileSync(WELCOME, 'utf8')) as Welcome
  console.log(`
The page:    http://localhost:${PAGE_PORT}
First login: http://localhost:${PAGE_PORT}${joinPath}
API key:     ${apiKey}
The model hears tones (test/support/tone.ts), and links lead to the tests' double of the platforms.
`)

  let timer: NodeJS.Timeout | undefined
  let ending = false
  const restart = (): void => {
    // Where the old one is still ending, the new one will be of these sources.
    if (!buildServer() || ending) return
    ending = true
    server.once('close', () => {
      ending = false
      server = serve()
    })
    server.kill('SIGTERM')
  }
  const watcher = watch(join(root, 'src'), { recursive: true }, (_, name) => {
    if (!name?.endsWith('.ts') || name.endsWith('.test.ts')) return
    clearTimeout(timer)
    timer = setTimeout(restart, SETTLE_MS)
  })
  const stop = async (): Promise<void> => {
    watcher.close()
    page.kill('SIGTERM')
    server.kill('SIGTERM')
    await double.close()
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop())
}

await main()
