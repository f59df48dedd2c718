#!/usr/bin/env node
/** `npm start`: sets everything up, builds, and serves. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { build } from './build.mjs'
import { prepareEngine } from './lib/prepare-engine.mjs'
import { root } from './lib/run.mjs'
import { setup } from './setup.mjs'

setup()
build()
await prepareEngine()

const server = spawn(process.execPath, [join(root, 'bin/earshot.js'), 'serve', ...process.argv.slice(2)], {
  stdio: 'inherit',
})
// The terminal's Ctrl-C reaches the server by itself; a supervisor's SIGTERM reaches only us.
process.on('SIGTERM', () => server.kill('SIGTERM'))
process.on('SIGINT', () => {})
// npm passes the signal on to its shell, which ends without passing it on: that end is the signal.
if (process.env.npm_lifecycle_event === 'start') {
  const { ppid } = process
  const look = setInterval(() => {
    if (process.ppid === ppid) return
    clearInterval(look)
    server.kill('SIGTERM')
  }, 250)
}
server.on('close', (code, signal) => process.exit(signal ? 1 : (code ?? 1)))
