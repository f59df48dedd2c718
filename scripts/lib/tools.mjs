/** The programs that Earshot runs, how to recognise them, and how to get them. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { firstLine, onPath, root } from './run.mjs'

const MINIMUM_FFMPEG = 5

function ffmpegFault() {
  const line = firstLine('ffmpeg', ['-version'])
  if (!line) return 'is missing'
  const major = Number(/version n?(\d+)/.exec(line)?.[1] ?? MINIMUM_FFMPEG)
  return major < MINIMUM_FFMPEG ? `is version ${major}, and ${MINIMUM_FFMPEG} or later is needed` : undefined
}

/** Debian's package goes to Debian's own python3, which need not be the first on PATH. */
const pythonHas = (module) =>
  ['python3', '/usr/bin/python3'].some(
    (python) => spawnSync(python, ['-c', `import ${module}`], { stdio: 'ignore' }).status === 0,
  )

const missing = (there) => (there ? undefined : 'is missing')

/** What serving needs. `fault` returns what is wrong, or undefined. */
export const SERVE_TOOLS = [
  { name: 'ffmpeg', packages: ['ffmpeg'], how: 'https://ffmpeg.org/download.html', fault: ffmpegFault },
  {
    name: 'python3',
    packages: ['python3'],
    how: 'https://www.python.org/downloads/ (yt-dlp runs on it)',
    fault: () => missing(onPath('python3')),
  },
]

/** The stand-in engine, for a machine that cannot fetch a model. */
export const POCKETSPHINX = {
  name: 'pocketsphinx',
  packages: ['pocketsphinx', 'pocketsphinx-en-us'],
  how: 'your system’s package pocketsphinx',
  fault: () => missing(onPath('pocketsphinx_continuous') || onPath('pocketsphinx')),
}

/** What the tests need on top. */
export const TEST_TOOLS = [
  POCKETSPHINX,
  {
    name: 'flite',
    packages: ['flite'],
    how: 'your system’s package flite',
    fault: () => missing(onPath('flite')),
  },
  {
    name: 'requests for Python',
    packages: ['python3-requests'],
    how: 'python3 -m pip install requests',
    fault: () => missing(pythonHas('requests')),
  },
  {
    name: 'openssl',
    packages: ['openssl'],
    how: 'your system’s package openssl',
    fault: () => missing(onPath('openssl')),
  },
  {
    name: 'postgresql',
    packages: ['postgresql'],
    how: 'https://www.postgresql.org/download/',
    fault: () => missing(onPath('postgres') || existsSync('/usr/lib/postgresql')),
  },
  {
    name: 'yt-dlp',
    packages: [],
    how: 'run the tests on Debian: they take the current one from sid (scripts/lib/debian-yt-dlp.mjs)',
    fault: () => missing(existsSync(join(root, '.cache/yt-dlp/yt-dlp')) || onPath('apt-get')),
  },
  {
    name: 'chromium',
    packages: ['chromium'],
    how: 'your system’s package chromium',
    fault: () => missing(process.env.EARSHOT_CHROMIUM || onPath('chromium')),
  },
  // The tests of the page are quicker with it (test/support/browser.ts).
  {
    name: 'chromium-headless-shell',
    optional: true,
    packages: ['chromium-headless-shell'],
    how: 'your system’s package chromium-headless-shell',
    fault: () => missing(process.env.EARSHOT_CHROMIUM || onPath('chromium-headless-shell')),
  },
  // An Intel CPU of before VNNI, on those of today. Elsewhere there is none to be had, and its test is skipped.
  ...(process.platform === 'linux' && process.arch === 'x64'
    ? [
        {
          name: 'qemu',
          packages: ['qemu-user'],
          how: 'your system’s package qemu-user',
          fault: () => missing(onPath('qemu-x86_64')),
        },
      ]
    : []),
]
