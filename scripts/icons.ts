/** `npx tsx scripts/icons.ts`: the page’s icons as phones want them, out of web/public/icon.svg. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { launchBrowser } from '../test/support/browser.ts'

const FOLDER = join(import.meta.dirname, '../web/public')

const ICONS = [
  { name: 'icon-180', size: 180, round: false },
  { name: 'icon-192', size: 192, round: true },
  { name: 'icon-512', size: 512, round: true },
  // Phones cut it to a shape of their own; what matters is within the middle four fifths.
  { name: 'icon-maskable-512', size: 512, round: false },
]

const svg = await readFile(join(FOLDER, 'icon.svg'), 'utf8')
const browser = await launchBrowser()
const page = await browser.visitor('http://localhost')
for (const { name, size, round } of ICONS) {
  await page.setViewportSize({ width: size, height: size })
  const shown = round ? svg : svg.replace(' rx="8"', '')
  await page.setContent(`<style>body{margin:0}svg{display:block;width:${size}px}</style>${shown}`)
  await page.screenshot({ path: join(FOLDER, `${name}.png`), omitBackground: true })
}
await browser.close()
