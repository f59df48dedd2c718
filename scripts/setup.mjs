#!/usr/bin/env node
/**
 * Makes a fresh clone ready, and says nothing where it is ready already. `--test` adds what the tests
 * need. Installs Debian packages where it may (root, on Debian); elsewhere says in a line how to get each.
 */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { aptInstall, mayAptInstall, onPath, root, run, say } from './lib/run.mjs'
import { SERVE_TOOLS, TEST_TOOLS } from './lib/tools.mjs'

const MINIMUM_NODE = [20, 19]

/** @returns {string[]} tools of the tests that are missing and cannot be installed here */
export function setup({ test = false } = {}) {
  checkNode()
  installPackages()
  const still = installTools(test ? [...SERVE_TOOLS, ...TEST_TOOLS] : SERVE_TOOLS)
  const needed = still.filter((tool) => SERVE_TOOLS.includes(tool))
  if (needed.length > 0) stop(`Earshot needs these programs:\n${needed.map(howToGet).join('\n')}`)
  if (still.length > 0)
    say(`Some tests need these programs, and are skipped:\n${still.map(howToGet).join('\n')}`)
  return still.map(({ name }) => name)
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  const [needMajor, needMinor] = MINIMUM_NODE
  if (major > needMajor || (major === needMajor && minor >= needMinor)) return
  stop(
    `Earshot needs Node.js ${MINIMUM_NODE.join('.')} or later; this is ${process.version}. https://nodejs.org`,
  )
}

/** Where the lock changed since the last time, or nothing is installed. */
function installPackages() {
  const stamp = join(root, 'node_modules/.cache/earshot-install')
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package.json')))
    .update(readFileSync(join(root, 'package-lock.json')))
    .update(process.versions.modules)
    .digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  say('installing npm packages (a minute or two the first time) …')
  // `npm install` changes only what differs, and `npm ci` takes the lock as it is.
  const command = existsSync(join(root, 'node_modules')) ? 'install' : 'ci'
  const args = [command, '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']
  // ONNX Runtime's script would fetch CUDA, 300 MB. npm 11.16 and later heed `allowScripts` and never run it.
  const env = { ONNXRUNTIME_NODE_INSTALL: 'skip', ...process.env }
  if (!run('npm', args, { env })) stop(`npm ${command} failed; the lines above say why.`)
  mkdirSync(join(root, 'node_modules/.cache'), { recursive: true })
  writeFileSync(stamp, wanted)
  if (Number(process.versions.node.split('.')[0]) < 22 && !onPath('deno'))
    say('YouTube serves some videos only where yt-dlp has Deno or Node.js 22: npm install --global deno')
}

/** @returns those that are still missing */
function installTools(tools) {
  const faulty = tools.filter((tool) => tool.fault())
  // Those of Debian's that cannot be had leave the others alone.
  if (faulty.length > 0 && mayAptInstall() && !aptInstall(faulty.flatMap((tool) => tool.packages)))
    for (const { packages } of faulty) if (packages.length > 0) aptInstall(packages)
  return faulty.filter((tool) => !tool.optional && tool.fault())
}

const howToGet = ({ name, fault, packages, how }) =>
  `  ${name} ${fault()}. Get it: ${packages.length > 0 ? `apt-get install ${packages.join(' ')}, or ` : ''}${how}`

function stop(message) {
  say(message)
  process.exit(1)
}

if (process.argv[1] === import.meta.filename) setup({ test: process.argv.includes('--test') })
