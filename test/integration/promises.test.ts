/** docs/security.md promises nothing without the test that holds it. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')
const PROMISED = [
  'Who may do what',
  'What costs, costs once',
  'Nobody stops the server',
  'What the server fetches',
  'On the disk',
]

interface Promised {
  says: string
  tests: string[]
}

/** One a paragraph, a point of a list (with what is indented under it), or a row of a table. */
function promises(): Promised[] {
  const text = readFileSync(join(ROOT, 'docs/security.md'), 'utf8')
  const sections = text.split(/^## /m).filter((section) => PROMISED.includes(section.split('\n', 1)[0]!))
  expect(sections).toHaveLength(PROMISED.length)
  return sections.flatMap((section) =>
    section
      .slice(section.indexOf('\n'))
      .split(/\n(?=- )|\n\n(?! )|\n(?=\| )/)
      .map((says) => says.trim())
      .filter((says) => says !== '' && !/^\| (?:---|what \|)/.test(says))
      .map((says) => ({ says, tests: testsIn(says) })),
  )
}

/** Paths, or, in the last column of a table, names of files in `test/integration`. */
function testsIn(says: string): string[] {
  const paths = [...says.matchAll(/`([\w./-]+\.test\.ts)`/g)].map(([, path = '']) => path)
  if (!says.startsWith('|')) return paths
  const last = says.split('|').at(-2)!
  return [...last.matchAll(/`([\w-]+)`/g)].map(([, name]) => `test/integration/${name}.test.ts`)
}

it.each(promises())('$says', ({ tests }) => {
  expect(tests).not.toEqual([])
  for (const path of tests) expect(existsSync(join(ROOT, path)), path).toBe(true)
})
