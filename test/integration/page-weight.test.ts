/** What a browser fetches before the page can be used, as it is sent: compressed by gzip. */
import { readFile, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'

const PAGE = resolve(import.meta.dirname, '../../dist/web')
const LIMIT = 200_000

/** Vite's manifest, as far as scripts go. */
type Manifest = Record<string, { file: string; imports?: string[] }>

async function manifest(): Promise<Manifest> {
  return JSON.parse(await readFile(join(PAGE, '.vite/manifest.json'), 'utf8')) as Manifest
}

/** The scripts of these parts with all that they import at once. */
function scriptsOf(parts: Manifest, names: readonly string[], found = new Set<string>()): Set<string> {
  for (const name of names) {
    const part = parts[name]
    if (!part) throw new Error(`the manifest knows no ${name}`)
    if (found.has(part.file)) continue
    found.add(part.file)
    scriptsOf(parts, part.imports ?? [], found)
  }
  return found
}

/** Fetched with every page, and with one. */
const messages = (...names: string[]): string[] =>
  ['shell', 'parts', ...names].map((name) => `src/i18n/messages/en/${name}.ts`)

it.each([
  ['src/pages/login/login-page.tsx', messages('login')],
  ['src/pages/transcribe/transcribe-page.tsx', messages('transcribe')],
  ['src/pages/library/library-page.tsx', messages('library')],
])('a first visit of %s fetches at most 200 kB of script', async (page, messages) => {
  const scripts = scriptsOf(await manifest(), ['index.html', page, ...messages])
  const sizes = await Promise.all(
    [...scripts, 'color-scheme.js'].map(async (file) => (await stat(join(PAGE, `${file}.gz`))).size),
  )
  expect(sizes.length).toBeGreaterThan(2)
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(LIMIT)
})
