/** Small helpers of the set-up steps. Plain JavaScript on Node alone: nothing is installed yet. */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..')

export const say = (line) => process.stderr.write(`${line}\n`)

/** Runs a command with its output shown on stderr. Returns whether it succeeded. */
export function run(command, args, options = {}) {
  const { status } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2], ...options })
  return status === 0
}

/** The first line that a command prints, or undefined where it is not there. */
export function firstLine(command, args) {
  const { status, stdout, stderr } = spawnSync(command, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  return status === 0 ? `${stdout}${stderr}`.split('\n')[0] : undefined
}

export const onPath = (command) =>
  (process.env.PATH ?? '').split(':').some((dir) => dir !== '' && existsSync(join(dir, command)))

/** True where missing Debian packages may be installed: root, on Debian or one of its children. */
export function mayAptInstall() {
  if (process.getuid?.() !== 0 || !onPath('apt-get')) return false
  const release = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : ''
  return /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(release)
}

let updated = false

/** Installs Debian packages. Returns whether it succeeded. */
export function aptInstall(packages) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  say(`installing ${packages.join(', ')} with apt-get …`)
  if (!updated) run('apt-get', ['update', '-qq'], { env, stdio: ['ignore', 'ignore', 2] })
  updated = true
  return run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], {
    env,
    stdio: ['ignore', 'ignore', 2],
  })
}
