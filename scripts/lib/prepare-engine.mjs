/**
 * Where no speech model can be had (none installed, none reachable), Debian's PocketSphinx is installed
 * so that a newcomer sees everything work. The server itself decides what to use, and says so.
 */
import { existsSync, readdirSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { aptInstall, mayAptInstall, root } from './run.mjs'
import { POCKETSPHINX } from './tools.mjs'

const MODEL_HOST = 'huggingface.co'
const CONNECT_MS = 3000

export async function prepareEngine(env = process.env) {
  if (env.EARSHOT_MODEL || env.EARSHOT_MODELS_URL || !POCKETSPHINX.fault() || !mayAptInstall()) return
  if (hasModel(join(root, env.EARSHOT_DATA_DIR || 'data', 'models'))) return
  if (!(await reachable(MODEL_HOST))) aptInstall(POCKETSPHINX.packages)
}

const hasModel = (dir) =>
  existsSync(dir) && readdirSync(dir).some((name) => existsSync(join(dir, name, 'earshot-model.json')))

const reachable = (host) =>
  new Promise((resolve) => {
    const socket = connect({ host, port: 443, timeout: CONNECT_MS })
    const end = (answer) => {
      socket.destroy()
      resolve(answer)
    }
    socket
      .on('connect', () => end(true))
      .on('error', () => end(false))
      .on('timeout', () => end(false))
  })
