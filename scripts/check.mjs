#!/usr/bin/env node
/** Everything that can be said about the code without running it, side by side, in seconds. */
import { spawn } from 'node:child_process'
import { root } from './lib/run.mjs'

const node = (script) => [process.execPath, `scripts/checks/${script}.mjs`]
const bin = (command, ...args) => [`node_modules/.bin/${command}`, ...args]

/** What was checked before is remembered: nearly all of the time where little changed. */
const types = (project, name) =>
  bin('tsc', '-p', project, '--incremental', '--tsBuildInfoFile', `node_modules/.cache/${name}.tsbuildinfo`)

/** Imports alike are no duplicates; ten lines of anything else are. Tests may say the same twice. */
const DUPLICATES = [
  '--min-lines=10',
  '--min-tokens=80',
  '--ignore=**/*.test.ts',
  '--reporters=console',
  '--exit-code=1',
]

const CHECKS = {
  types: types('.', 'server'),
  'types of the page': types('web', 'page'),
  style: bin('biome', 'check', '--error-on-warnings', '.'),
  boundaries: bin('depcruise', '--config', '.dependency-cruiser.cjs', 'src', 'web'),
  'dead code': bin('knip', '--no-progress'),
  duplicates: bin('jscpd', ...DUPLICATES, 'src', 'web/src', 'scripts', 'bench'),
  lengths: node('lengths'),
  packages: node('packages'),
  'texts of the page': node('messages'),
}

const results = await Promise.all(
  Object.entries(CHECKS).map(([name, [command, ...args]]) => check(name, command, args)),
)
if (results.includes(false)) process.exit(1)

function check(name, command, args) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => (output += text))
    child.on('error', (error) => (output += error.message))
    child.on('close', (code) => {
      process.stderr.write(code === 0 ? `check ${name}: ok\n` : `check ${name}: FAILED\n${output}\n`)
      resolve(code === 0)
    })
  })
}
