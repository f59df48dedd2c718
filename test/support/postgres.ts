/** A real PostgreSQL of the test's own: a throwaway cluster in a temporary folder, on a Unix socket. */
import { execFile, execFileSync, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { closeSync, existsSync, openSync, readdirSync, readFileSync } from 'node:fs'
import { chown, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import pg from 'pg'
import { CACHE, locked } from './cache.ts'
import { MIGRATIONS } from './migrated.ts'

const execute = promisify(execFile)
const DEBIAN = '/usr/lib/postgresql'
const START_MS = 60_000
/** Quick, and lost with the machine's power. */
const SETTINGS = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'shared_buffers=32MB']

/** A database of each cluster that is up to date: a copy of it takes a tenth of what forty migrations do. */
const MIGRATED = 'migrated'

export interface Postgres {
  /** Makes a database that holds nothing, as migrations leave it, and returns its `DATABASE_URL`. */
  createDatabase(): Promise<string>
  /** One without any table. */
  createBareDatabase(): Promise<string>
  /** Ends the server and removes its folder. */
  stop(): Promise<void>
}

interface Place {
  /** PostgreSQL's programs. */
  bin: string
  dir: string
  data: string
  /** Of its processes: PostgreSQL refuses to run as root. */
  options: { cwd: string; env: Record<string, string>; uid?: number; gid?: number }
}

/**
 * A cluster of one's own, for those who stop it or look at all of it.
 * @param settings of PostgreSQL’s
 */
export async function startPostgres(settings: readonly string[] = SETTINGS): Promise<Postgres> {
  const place = await makePlace()
  await execute('cp', ['-a', await templateFolder(place.bin), place.data])
  const { urlOf, end } = await run(place, settings)
  return {
    createDatabase: () => createDatabase(urlOf, MIGRATED),
    createBareDatabase: () => createDatabase(urlOf, 'template1'),
    async stop() {
      await end('SIGQUIT')
      await rm(place.dir, { recursive: true, force: true })
    },
  }
}

/**
 * A database in the cluster that the files of a run share: one of its own for each of them took 1.5 processor seconds.
 * It holds nothing, as migrations leave it.
 * @returns its `DATABASE_URL`
 */
export async function sharedDatabase(): Promise<string> {
  // Vitest's, which has a process for each file.
  const owner = process.ppid
  const dir = join(tmpdir(), `earshot-pg-of-${owner}`)
  const ready = join(dir, 'ready')
  const urlOf = urlsIn(dir)
  await locked(`postgres-of-${owner}`, async () => {
    if (existsSync(ready)) return
    await rm(dir, { recursive: true, force: true })
    await mkdir(dir)
    const place = await makePlace(dir)
    await execute('cp', ['-a', await templateFolder(place.bin), place.data])
    const { pid } = await run(place, [...SETTINGS, 'max_connections=400'], { outlives: true })
    const outlived = `while kill -0 ${owner}; do sleep 2; done; kill -QUIT ${pid}; rm -rf '${dir}'`
    spawn('sh', ['-c', outlived], { detached: true, stdio: 'ignore' }).unref()
    await writeFile(ready, '')
  })
  return createDatabase(urlOf, MIGRATED)
}

type UrlOf = (database: string) => string

const urlsIn =
  (dir: string): UrlOf =>
  (name) =>
    `postgres:///${name}?host=${dir}&user=postgres`

async function createDatabase(urlOf: UrlOf, template: string): Promise<string> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await query(urlOf('postgres'), `create database ${name} template ${template}`)
  return urlOf(name)
}

async function makePlace(folder?: string): Promise<Place> {
  const bin = findBinaries()
  if (!bin) throw new Error('PostgreSQL is not installed: there is no initdb')
  const as = process.getuid?.() === 0 ? idsOf('postgres') : undefined
  const dir = folder ?? (await mkdtemp(join(tmpdir(), 'earshot-pg-')))
  if (as) await chown(dir, as.uid, as.gid)
  const options = { ...as, cwd: dir, env: { PATH: process.env.PATH ?? '', LC_ALL: 'C' } }
  return { bin, dir, data: join(dir, 'data'), options }
}

async function run(
  { bin, dir, data, options }: Place,
  settings: readonly string[],
  /** This process. */
  { outlives = false } = {},
) {
  const log = join(dir, 'log')
  const output = openSync(log, 'a')
  const server = spawn(
    join(bin, 'postgres'),
    ['-D', data, '-k', dir, '-h', '', '-c', 'max_connections=200', ...settings.flatMap((s) => ['-c', s])],
    { ...options, stdio: ['ignore', 'ignore', output], detached: outlives },
  )
  closeSync(output)
  const ended = new Promise<void>((done) => server.once('close', () => done()))
  const endNow = (): boolean => server.kill('SIGQUIT')
  process.once('exit', endNow)
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    process.off('exit', endNow)
    server.kill(signal)
    await ended
  }
  const urlOf = urlsIn(dir)
  try {
    await answering(urlOf('postgres'), () => server.exitCode !== null)
  } catch (cause) {
    await end('SIGQUIT')
    throw new Error(`PostgreSQL did not start:\n${readFileSync(log, 'utf8').slice(-4000)}`, { cause })
  }
  if (outlives) {
    process.off('exit', endNow)
    server.unref()
  }
  return { urlOf, end, pid: server.pid! }
}

/** Made once for each version of PostgreSQL and of the migrations: a copy takes a tenth of its time. */
async function templateFolder(bin: string): Promise<string> {
  const { stdout } = await execute(join(bin, 'initdb'), ['--version'])
  const template = join(CACHE, `postgres-${/[\d.]+/.exec(stdout)?.[0]}-${MIGRATIONS}`)
  if (existsSync(template)) return template
  const place = await makePlace()
  await execute(
    join(bin, 'initdb'),
    ['-D', place.data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
    place.options,
  )
  const { urlOf, end } = await run(place, SETTINGS)
  await query(urlOf('postgres'), `create database ${MIGRATED}`)
  const { openDatabase } = await import('../../src/adapters/database/open.ts')
  const { close } = await openDatabase({ url: urlOf(MIGRATED), dataDir: place.dir })
  await close()
  // In good order: what is copied needs no recovery.
  await end('SIGINT')
  const copy = `${template}-${randomUUID()}`
  await mkdir(CACHE, { recursive: true })
  await execute('cp', ['-a', place.data, copy])
  // Another test may have been quicker.
  await rename(copy, template).catch(() => rm(copy, { recursive: true, force: true }))
  await rm(place.dir, { recursive: true, force: true })
  return template
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
