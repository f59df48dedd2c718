import { afterEach, beforeAll, expect, it } from 'vitest'
import { changeLanguage, loadMessages, locale, translator } from '../../i18n/catalogue.ts'
import { type Finding, findingWords, type Sentence } from './finding-words.ts'

beforeAll(() => loadMessages('findings'))
// Other tests run in this process.
afterEach(() => changeLanguage('en'))

const words = (finding: Finding, which: Sentence) =>
  findingWords(finding, which, { translate: translator('findings'), locale: locale() })

const runner = {
  name: 'runner den',
  ok: true,
  says: 'base on den.local, version 1.2.3, 12.5 times real time, 3 min heard, seen 4 s ago',
  codes: { name: 'runner', says: 'runner.seen', cure: 'runner' },
  values: {
    ...{ name: 'den', fault: '', models: 'base', host: 'den.local', version: '1.2.3' },
    ...{ speed: 12.5, minutes: 3, seconds: 4 },
  },
}

it('keeps the server’s own words in English', () => {
  expect(words(runner, 'says')).toBe(runner.says)
  expect(words({ ...runner, cure: 'start it' }, 'cure')).toBe('Start it.')
})

it('says it in the language of the page, with its numbers', async () => {
  await changeLanguage('de')
  expect(words(runner, 'name')).toBe('Runner den')
  expect(words(runner, 'says')).toBe(
    'base auf den.local, Version 1.2.3, 12,5-fache Echtzeit, 3 Min. Ton, zuletzt gesehen vor 4 s',
  )
  // One that does not know how fast it is.
  const { values } = runner
  expect(words({ ...runner, values: { ...values, speed: 0 } }, 'says')).toBe(
    'base auf den.local, Version 1.2.3, 3 Min. Ton, zuletzt gesehen vor 4 s',
  )
})

it('falls back on the server’s own words where it has none', async () => {
  await changeLanguage('de')
  expect(words({ name: 'fan', ok: true, says: 'turns', codes: { says: 'fan.turns' } }, 'says')).toBe('turns')
})
