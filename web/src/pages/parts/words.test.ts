import { afterEach, beforeAll, expect, it } from 'vitest'
import { changeLanguage, loadMessages } from '../../i18n/catalogue.ts'
import { bytesWords, clock, languageName, sourceWords, titleWords } from './words.ts'

beforeAll(() => loadMessages('parts'))
// Other tests run in this process.
afterEach(() => changeLanguage('en'))

it('says moments and lengths as players do', () => {
  expect([0, 3.9, 123, 3600, 3723, 36_000].map(clock)).toEqual([
    '0:00',
    '0:03',
    '2:03',
    '1:00:00',
    '1:02:03',
    '10:00:00',
  ])
})

it('says sizes', () => {
  expect([0, 999, 1000, 830_400, 1_250_000, 250_400_000, 1_200_000_000].map(bytesWords)).toEqual([
    '0 bytes',
    '999 bytes',
    '1 kB',
    '830 kB',
    '1.3 MB',
    '250 MB',
    '1.2 GB',
  ])
})

it('says where it came from, and calls it something', () => {
  const media = { kind: 'media', mediaId: 'med_1' } as const
  const link = { kind: 'link', platform: 'twitter', id: '1', url: 'https://x.com/a/status/1' } as const
  const url = { kind: 'url', url: 'https://www.example.org/talk.mp3', mediaId: null } as const
  expect([media, link, url].map(sourceWords)).toEqual(['File', 'X', 'www.example.org'])
  expect([media, link, url].map((source) => titleWords({ title: null, source }))).toEqual([
    'Untitled file',
    'x.com/a/status/1',
    'example.org/talk.mp3',
  ])
  expect(titleWords({ title: 'Talk', source: media })).toBe('Talk')
})

it('names languages', () => {
  expect(languageName('de')).toBe('German')
})

it('says the same in the language that is chosen', async () => {
  await changeLanguage('fr')
  expect(sourceWords({ kind: 'media', mediaId: 'med_1' })).toBe('Fichier')
  expect(languageName('de')).toBe('allemand')
  const sizes = [999, 830_400, 1_250_000].map(bytesWords)
  expect(sizes.map((size) => size.replace(/\s/, ' '))).toEqual(['999 octets', '830 ko', '1,3 Mo'])
})
