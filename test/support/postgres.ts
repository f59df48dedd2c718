/** A real PostgreSQL of the test's own: a throwaway cluster in a temporary folder, on a Unix socket. */
import { execFile, execFileSync, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { chown, mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import pg from 'pg'

const execute = promisify(execFile)
const CACHE = resolve(import.meta.dirname, '../../.cache')
const DEBIAN = '/usr/lib/postgresql'
const START_MS = 60_000
/** Quick, and lost with the machine's power. */
const SETTINGS = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'shared_buffers=32MB']

export interface Postgres {
  /** Makes an empty database and returns its `DATABASE_URL`. */
  createDatabase(): Promise<string>
  /** Ends the server and removes its folder. */
  stop(): Promise<void>
}

/** @param settings of PostgreSQL’s */
export async function startPostgres(settings: readonly string[] = SETTINGS): Promise<Postgres> {
  const bin = findBinaries()
  if (!bin) throw new Error('PostgreSQL is not installed: there is no initdb')
  // PostgreSQL refuses to run as root.
  const as = process.getuid?.() === 0 ? idsOf('postgres') : undefined
  const dir = await mkdtemp(join(tmpdir(), 'earshot-pg-'))
  if (as) await chown(dir, as.uid, as.gid)
  const data = join(dir, 'data')
  const options = { ...as, cwd: dir, env: { PATH: process.env.PATH ?? '', LC_ALL: 'C' } }
  await fillDataFolder(bin, data, options)
  const server = spawn(
    join(bin, 'postgres'),
    ['-D', data, '-k', dir, '-h', '', '-c', 'max_connections=200', ...settings.flatMap((s) => ['-c', s])],
    { ...options, stdio: ['ignore', 'ignore', 'pipe'] },
  )
  let log = ''
  server.stderr.setEncoding('utf8').on('data', (text: string) => {
    log = (log + text).slice(-4000)
  })
  const ended = new Promise<void>((done) => server.once('close', () => done()))
  const endNow = (): boolean => server.kill('SIGQUIT')
  process.once('exit', endNow)
  const urlOf = (name: string): string => `postgres:///${name}?host=${dir}&user=postgres`
  const stop = async (): Promise<void> => {
    process.off('exit', endNow)
    endNow()
    await ended
    await rm(dir, { recursive: true, force: true })
  }
  try {
    await answering(urlOf('postgres'), () => server.exitCode !== null)
  } catch (cause) {
    await stop()
    throw new Error(`PostgreSQL did not start:\n${log}`, { cause })
  }
  return {
    async createDatabase() {
      const name = `test_${randomUUID().replaceAll('-', '')}`
      await query(urlOf('postgres'), `create database ${name}`)
      return urlOf(name)
    },
    stop,
  }
}

/** `initdb` once for each version of PostgreSQL: a copy of what it made takes a tenth of its time. */
async function fillDataFolder(bin: string, data: string, options: object): Promise<void> {
  const initdb = join(bin, 'initdb')
  const { stdout } = await execute(initdb, ['--version'])
  const template = join(CACHE, `postgres-${/[\d.]+/.exec(stdout)?.[0]}`)
  if (existsSync(template)) {
    await execute('cp', ['-a', template, data])
    return
  }
  await execute(
    initdb,
    ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
    options,
  )
  const copy = `${template}-${randomUUID()}`
  await mkdir(CACHE, { recursive: true })
  await execute('cp', ['-a', data, copy])
  // Another test may have been quicker.
  await rename(copy, template).catch(() => rm(copy, { recursive: true, force: true }))
}

/** The folder of PostgreSQL's programs, where it is installed. */
export function findBinaries(): string | undefined {
  const debian = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a)) : []
  const folders = [...debian.map((v) => join(DEBIAN, v, 'bin')), ...(process.env.PATH ?? '').split(':')]
  return folders.find((folder) => existsSync(join(folder, 'initdb')))
}

function idsOf(user: string): { uid: number; gid: number } {
  const id = (flag: string): number => Number(execFileSync('id', [flag, user], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

async function query(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(text)
  } finally {
    await client.end()
  }
}

async function answering(url: string, died: () => boolean): Promise<void> {
  for (const end = Date.now() + START_MS; ; ) {
    try {
      return await query(url, 'select 1')
    } catch (cause) {
      if (died() || Date.now() > end) throw cause
      await pause(50)
    }
  }
}
