/** What `earshot doctor` finds on a machine has words on the page. */
import { expect, it } from 'vitest'
import { createInspector } from '../../src/adapters/inspector/index.ts'
import findingsDe from '../../web/src/i18n/messages/de/findings.ts'
import { testFolder } from '../support/test-folder.ts'

const folder = testFolder()

const wordsOf = (path: string): unknown =>
  path.split('.').reduce<unknown>((at, part) => (at as Record<string, unknown>)?.[part], findingsDe)

it('every code that is found here has words on the page', async () => {
  const inspector = createInspector({
    dataDir: folder.path,
    engines: () => Promise.reject(new Error('none')),
    fetcher: { version: async () => ({ version: '2025.11.12', source: 'managed', ageDays: 1 }) },
  })
  const found = await inspector.inspect()
  const codes = found.flatMap(({ codes: { name, says, cure } = {} }) => [
    ...(name === undefined ? [] : [`names.${name}`]),
    ...(says === undefined ? [] : [`says.${says}`]),
    ...(cure === undefined ? [] : [`cures.${cure}`]),
  ])
  expect(codes).toContain('says.folder.free')
  expect(codes.filter((code) => typeof wordsOf(code) !== 'string')).toEqual([])
})
