#!/usr/bin/env node
/** Builds the server, the client and the page into folders of dist, each only where its sources changed. */
import { createHash } from 'node:crypto'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { root, run, say } from './lib/run.mjs'

const SHARED = ['package.json', 'tsconfig.json']

const CLIENT = ['src/client', 'src/contract', 'src/domain/errors.ts', ...SHARED]

export function build() {
  step('server', ['src', ...SHARED], 'dist/server/cli.js', () => vite('src') && copyVoiceModel())
  step('client', CLIENT, 'dist/client/index.js', () => vite('src/client'))
  if (existsSync(join(root, 'web/index.html')))
    step('page', ['web', ...CLIENT], 'dist/web/index.html', () => vite('web') && compress('dist/web'))
  step(
    'documentation',
    REFERENCE,
    'dist/docs/index.html',
    () => tsx('scripts/reference/build.ts') && compress('dist/docs'),
  )
}

const REFERENCE = [
  'docs',
  'CHANGELOG.md',
  'scripts/reference',
  'src/contract',
  'src/http',
  'src/domain',
  ...SHARED,
]

/** What those see who import the client with TypeScript: only a package needs it. */
function buildTypes() {
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  const make = () => run(process.execPath, [tsc, '-p', 'src/client/tsconfig.json'])
  step('types of the client', CLIENT, 'dist/client-types/client/index.d.ts', make)
}

// Whatever this process runs under – tests, for one – what is built is for production.
const env = { ...process.env, NODE_ENV: 'production' }
const vite = (part) => {
  const args = ['build', '--config', `${part}/vite.config.ts`, '--logLevel', 'warn']
  return run(process.execPath, [join(root, 'node_modules/vite/bin/vite.js'), ...args], { env })
}

const tsx = (script) => run(process.execPath, ['--import', 'tsx', join(root, script)], { env })

/** Silero's model. Its npm package brings a browser's ONNX Runtime too, 120 MB, which nobody who installs Earshot needs. */
function copyVoiceModel() {
  const name = 'silero_vad_v6.onnx'
  copyFileSync(join(root, 'node_modules/@ricky0123/vad-web/dist', name), join(root, 'dist/server', name))
  return true
}

/** The page's files are sent as they lie here: compressed once, as well as it goes. */
function compress(dir) {
  for (const name of readdirSync(join(root, dir), { recursive: true })) {
    if (!/\.(js|css|html|svg|json)$/.test(name)) continue
    const path = join(root, dir, name)
    const bytes = readFileSync(path)
    writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }))
    writeFileSync(`${path}.br`, brotliCompressSync(bytes))
  }
  return true
}

function step(name, sources, result, make) {
  const stamp = join(root, `dist/.${name}-sources`)
  const now = fingerprint(sources)
  if (existsSync(join(root, result)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === now) return
  say(`building the ${name} …`)
  if (!make()) process.exit(1)
  mkdirSync(join(root, 'dist'), { recursive: true })
  writeFileSync(stamp, now)
}

function fingerprint(paths) {
  const hash = createHash('sha256')
  const add = (path) => {
    const stat = statSync(path)
    if (stat.isDirectory()) for (const name of readdirSync(path).sort()) add(join(path, name))
    else hash.update(`${path} ${stat.size} ${stat.mtimeMs}\n`)
  }
  for (const path of paths) add(join(root, path))
  return hash.digest('hex')
}

if (process.argv[1] === import.meta.filename) process.argv.includes('--types') ? buildTypes() : build()
