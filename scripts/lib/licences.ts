/** docs/licences.md: what others wrote and Earshot brings along, out of the lock. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../..')

interface Locked {
  license?: string
  dev?: boolean
  dependencies?: Record<string, string>
}

export function licencesPage(): string {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, Locked>
  }
  const installed = Object.keys(packages).filter((path) => path !== '' && !packages[path]!.dev)
  const ofPage = importsOfPage().filter((name) => packages[`node_modules/${name}`])
  return `# Licences

Earshot is MIT licensed. These packages come along when it is installed:

${table(installed, packages)}

These are built into the page, with what they need in turn:

${table(
  ofPage.map((name) => `node_modules/${name}`),
  packages,
)}

The voice detector's model is [Silero VAD](https://github.com/snakers4/silero-vad), MIT. Speech models are fetched, not
brought along; their licences are in [models.md](models.md). ffmpeg, yt-dlp, PostgreSQL and Chromium are programs of the
system, run and never linked. Openpgp is LGPL: it is loaded as it was published, and can be replaced in \`node_modules\`.

This page is made from \`package-lock.json\` by \`npm run docs\`.
`
}

function table(paths: readonly string[], packages: Record<string, Locked>): string {
  const byLicence = new Map<string, Set<string>>()
  for (const path of paths) {
    const licence = packages[path]?.license ?? 'not stated'
    const names = byLicence.get(licence) ?? new Set()
    byLicence.set(licence, names.add(path.split('node_modules/').at(-1)!))
  }
  const rows = [...byLicence].sort(([a], [b]) => a.localeCompare(b, 'en'))
  return [
    '| licence | packages |',
    '| --- | --- |',
    ...rows.map(([licence, names]) => `| ${licence} | ${[...names].sort().join(', ')} |`),
  ].join('\n')
}

/** Names of the packages that the page's sources import. */
function importsOfPage(): string[] {
  const sources = readdirSync(join(root, 'web/src'), { recursive: true, encoding: 'utf8' }).filter(
    (name) => /\.tsx?$/.test(name) && !name.includes('.test.'),
  )
  const names = sources.flatMap((name) =>
    [
      ...readFileSync(join(root, 'web/src', name), 'utf8').matchAll(
        /(?:from|import) '((?:@[\w-]+\/)?[\w-]+)/g,
      ),
    ].map(([, found]) => found!),
  )
  return [...new Set(names)].sort()
}
