import { afterEach, beforeAll, expect, it } from 'vitest'
import { changeLanguage, loadMessages, translator } from '../../i18n/catalogue.ts'
import { aboutWords, spokenWords } from './model-words.ts'

beforeAll(() => loadMessages('models'))
// Other tests run in this process.
afterEach(() => changeLanguage('en'))

const about = (name: string, own: Parameters<typeof aboutWords>[0]['own'] = null) =>
  aboutWords({ name, own }, translator('models'))

it('has no words for a model that it does not know', () => {
  expect(about('whisper-tiny.en')).toBe('As tiny, better for English.')
  expect(about('of-tomorrow')).toBeUndefined()
})

it('says in the language of the page where a model of the operator’s own comes from', async () => {
  await changeLanguage('de')
  expect(about('mine', { source: 'someone/fine-tune (0123456)', fault: null })).toBe(
    'Hinzugefügt von someone/fine-tune (0123456).',
  )
  expect(about('mine', { source: null, fault: null })).toBe('Ein eigener Ordner.')
})

it('names the languages', async () => {
  await changeLanguage('de')
  const words = (spoken: Parameters<typeof spokenWords>[0]['spoken'], fault: string | null = null) =>
    spokenWords({ spoken, own: { source: null, fault } })
  expect(words(['en', 'yue'])).toBe('Englisch und Kantonesisch')
  expect(words(['en', 'de', 'fr', 'es', 'it', 'pt'])).toBe('6 Sprachen')
  expect(words(99)).toBe('99 Sprachen')
  expect(words(null)).toBe('jede Sprache')
  expect(words(null, 'tokens.txt is empty')).toBe('Nicht verwendbar: tokens.txt is empty')
})
