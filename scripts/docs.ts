/**
 * Makes docs/configuration.md from the settings' schema, docs/errors.md from the tables of errors,
 * docs/models.md from the catalogue, and docs/licences.md from the lock.
 * `npm run docs` writes them; a test compares them, so they cannot go stale.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { schema } from '../src/config/schema.ts'
import { cell } from './lib/cell.ts'
import { errorsPage } from './lib/errors-page.ts'
import { licencesPage } from './lib/licences.ts'
import { modelsPage } from './lib/models-page.ts'

const docs = join(import.meta.dirname, '../docs')

function configuration(): string {
  const rows = Object.entries(schema.shape).map(([name, type]) => {
    const unset = type.safeParse(undefined)
    const fallback = defaultOf(type) ?? (unset.success ? '' : 'required')
    return `| \`${name}\` | ${fallback && `\`${fallback}\``} | ${cell(type.description ?? '')} |`
  })
  return `# Configuration

Settings are environment variables, read once at the start. Everything that is wrong with them is listed at
once, and nothing is started. A name that begins with \`EARSHOT_\` and is not in this table is an error too.

| name | default | meaning |
| --- | --- | --- |
${rows.join('\n')}

The usual \`AWS_*\` variables apply to \`s3://\` stores. This page is made from \`src/config/schema.ts\`.
`
}

/** What stands for an unset value, as it would be written. */
function defaultOf(type: unknown): string | undefined {
  const { def } = type as { def: { type: string; defaultValue?: unknown; innerType?: unknown } }
  return def.defaultValue === undefined ? undefined : String(def.defaultValue)
}

export const pages = (): Record<string, string> => ({
  [join(docs, 'configuration.md')]: configuration(),
  [join(docs, 'errors.md')]: errorsPage(),
  [join(docs, 'models.md')]: modelsPage(),
  [join(docs, 'licences.md')]: licencesPage(),
})

if (process.argv[1] === import.meta.filename)
  for (const [path, text] of Object.entries(pages())) writeFileSync(path, text)
