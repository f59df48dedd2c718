/** Which tests cannot run where one of their tools is missing: what a test needs is what it imports. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { root } from './run.mjs'

/** Tools by what stands for them: a module of the tests' support, or a test itself. Other tests look for themselves. */
const NEEDED_BY = {
  postgresql: 'test/support/postgres.ts',
  chromium: 'test/support/browser.ts',
  openssl: 'test/support/platform-double/certificate.ts',
  'yt-dlp': 'test/support/yt-dlp.ts',
  flite: 'test/e2e/spoken.test.ts',
  pocketsphinx: 'test/integration/nothing-invented.test.ts',
  'requests for Python': 'test/compat/soscripted/examples.test.ts',
}

/** Does without PostgreSQL by itself, and says so. */
const MANAGES = 'test/support/both-databases.ts'

/**
 * @param {readonly string[]} missing names of tools
 * @returns {Map<string, string>} test files, each with the tool that it lacks
 */
export function testsThatNeed(missing) {
  const lacking = new Map()
  for (const tool of missing) {
    const needed = NEEDED_BY[tool]
    if (needed === undefined) continue
    for (const file of testFiles()) if (reaches(file, needed)) lacking.set(file, tool)
  }
  return lacking
}

const testFiles = () =>
  ['src', 'test', 'web'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true })
      .filter((name) => /\.test\.tsx?$/.test(name))
      .map((name) => join(folder, name)),
  )

function reaches(file, needed, seen = new Set()) {
  if (file === needed) return true
  if (file === MANAGES || seen.has(file)) return false
  seen.add(file)
  return importsOf(file).some((each) => reaches(each, needed, seen))
}

/** Of the tests and their support alone: the program itself finds its tools when it needs them. */
function importsOf(file) {
  const text = readFileSync(join(root, file), 'utf8')
  return [...text.matchAll(/from '(\.[^']+)'/g)]
    .map(([, path]) => relative(root, resolve(root, dirname(file), path)))
    .filter((path) => path.startsWith('test/') && existsSync(join(root, path)))
}
