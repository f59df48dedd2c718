/**
 * Debian sid's yt-dlp for the tests: current, pure Python, unmodified, and obtainable wherever apt works.
 *
 * The machine's own apt sources say where packages come from (its mirror, its keys); only the suite is
 * replaced. Everything apt keeps lives in a private folder, so the machine's lists are not touched.
 */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const SOURCES = ['/etc/apt/sources.list.d', '/etc/apt/sources.list']

// Beside the unpacked package, whatever folder that is moved to.
const LAUNCHER = `#!/bin/sh
here=$(cd "$(dirname "$0")" && pwd)
python=/usr/bin/python3
[ -x "$python" ] || python=python3
PYTHONPATH="$here/unpacked/usr/lib/python3/dist-packages" exec "$python" -m yt_dlp "$@"
`

/**
 * Makes sure that `dir` holds yt-dlp and returns the path of its launcher (a value for `EARSHOT_YTDLP`).
 * Quick when it is there already; safe when called several times at once.
 * @param {string} dir
 * @returns {Promise<string>}
 */
export async function debianYtDlp(dir) {
  const target = resolve(dir)
  const launcher = join(target, 'yt-dlp')
  if (existsSync(launcher)) return launcher
  await mkdir(dirname(target), { recursive: true })
  const work = await mkdtemp(`${target}-`)
  try {
    await obtain(work)
    await rename(work, target).catch((error) => {
      // Another process was quicker.
      if (!existsSync(launcher)) throw error
    })
    return launcher
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

async function obtain(work) {
  const apt = join(work, 'apt')
  for (const folder of ['parts', 'lists/partial', 'cache/archives/partial']) {
    await mkdir(join(apt, folder), { recursive: true })
  }
  await writeFile(join(apt, 'parts', 'sid.sources'), asSid(await machineSources()))
  const options = {
    'Dir::Etc::sourcelist': '/dev/null',
    'Dir::Etc::sourceparts': join(apt, 'parts'),
    'Dir::State::Lists': join(apt, 'lists'),
    'Dir::Cache': join(apt, 'cache'),
    'Acquire::Languages': 'none',
    'Acquire::Retries': '3',
  }
  const flags = ['-qq', ...Object.entries(options).flatMap(([name, value]) => ['-o', `${name}=${value}`])]
  await run('apt-get', [...flags, 'update'], { cwd: apt })
  await run('apt-get', [...flags, 'download', 'yt-dlp'], { cwd: apt })
  const deb = (await readdir(apt)).find((name) => name.endsWith('.deb'))
  if (!deb) throw new Error('apt-get download left no package of yt-dlp')
  await run('dpkg-deb', ['-x', join(apt, deb), join(work, 'unpacked')])
  await writeFile(join(work, 'yt-dlp'), LAUNCHER, { mode: 0o755 })
  await rm(apt, { recursive: true })
}

async function machineSources() {
  const [folder, list] = SOURCES
  const names = existsSync(folder) ? await readdir(folder) : []
  const files = names.filter((name) => /\.(sources|list)$/.test(name)).map((name) => join(folder, name))
  if (existsSync(list)) files.push(list)
  return await Promise.all(files.map(async (file) => ({ file, text: await readFile(file, 'utf8') })))
}

/** The first Debian archive among the sources (not its security archive), as a stanza for sid. */
function asSid(sources) {
  for (const { file, text } of sources) {
    for (const stanza of file.endsWith('.sources') ? stanzas(text) : oneLiners(text)) {
      const suites = /^Suites:\s*(.+)$/m.exec(stanza)?.[1] ?? ''
      const isDebian = /^Signed-By:.*debian|^URIs:.*\/debian\/?\s*$/im.test(stanza)
      if (isDebian && /^Types:.*\bdeb\b/m.test(stanza) && !/security/.test(suites)) {
        return stanza.replace(/^Suites:.*$/m, 'Suites: sid').replace(/^Components:.*$/m, 'Components: main')
      }
    }
  }
  throw new Error('this machine has no Debian package source from which yt-dlp could be fetched')
}

const stanzas = (text) =>
  text
    .replace(/^#.*\n?/gm, '')
    .split(/\n\s*\n/)
    .map((stanza) => `${stanza.trim()}\n`)

function oneLiners(text) {
  return [...text.matchAll(/^deb\s+(?:\[([^\]]*)\]\s+)?(\S+)\s+(\S+)\s+.+$/gm)].map(
    ([, options, uri, suite]) => {
      const key = /signed-by=(\S+)/.exec(options ?? '')?.[1]
      return `Types: deb\nURIs: ${uri}\nSuites: ${suite}\nComponents: main\n${key ? `Signed-By: ${key}\n` : ''}`
    },
  )
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  console.log(await debianYtDlp(process.argv[2] ?? '.cache/yt-dlp'))
}
