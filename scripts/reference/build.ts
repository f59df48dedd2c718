/** Writes the documentation that the server shows under /docs into dist/docs. */
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { site } from './site.ts'

const root = join(import.meta.dirname, '../..')
const target = join(root, 'dist/docs')

/** Beside the pages, by the names that these use. */
const FILES = {
  'docs.css': 'scripts/reference/assets/docs.css',
  'docs.js': 'scripts/reference/assets/docs.js',
  'icon.svg': 'web/public/icon.svg',
  'sans.woff2':
    'node_modules/@fontsource-variable/instrument-sans/files/instrument-sans-latin-wght-normal.woff2',
}

const pages = site()
rmSync(target, { recursive: true, force: true })
mkdirSync(target, { recursive: true })
for (const [name, text] of Object.entries(pages)) writeFileSync(join(target, name), text)
for (const [name, source] of Object.entries(FILES)) copyFileSync(join(root, source), join(target, name))
