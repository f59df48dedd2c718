#!/usr/bin/env node
/**
 * `npm run test:nodes [22 24 …]`: the fast tests on every line of Node.js that Earshot supports, each out of npm's own
 * package of it, kept in .cache/nodes.
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { root, run, say } from './lib/run.mjs'

const LINES = ['20.19', '22', '24', '26']

const lines = process.argv.length > 2 ? process.argv.slice(2) : LINES
const failed = lines.filter((line) => !passesOn(line))
if (failed.length > 0) {
  say(`the tests failed on Node.js ${failed.join(', ')}`)
  process.exit(1)
}

function passesOn(line) {
  const node = obtain(line)
  const { stdout } = spawnSync(node, ['--version'], { encoding: 'utf8' })
  say(`\nthe fast tests on Node.js ${stdout?.trim() ?? line}`)
  return run(node, ['node_modules/vitest/vitest.mjs', 'run', '--project', 'unit'])
}

function obtain(line) {
  const name = `node-${process.platform}-${process.arch}`
  const dir = join(root, '.cache/nodes', line)
  const node = join(dir, 'node_modules', name, 'bin/node')
  if (existsSync(node)) return node
  say(`fetching Node.js ${line} …`)
  const flags = ['--no-save', '--no-audit', '--no-fund', '--loglevel=error', '--ignore-scripts']
  if (!run('npm', ['install', '--prefix', dir, ...flags, `${name}@${line}`]) || !existsSync(node)) {
    say(`npm has no Node.js ${line} for this machine (${name})`)
    process.exit(1)
  }
  return node
}
