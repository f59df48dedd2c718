import { describe, expect, test } from 'vitest'
import { chooseTrack, findTracks } from './tracks.ts'

const file = (ext: string, tag: string) => ({ ext, url: `https://captions.example/${tag}.${ext}` })

describe('the tracks of a post', () => {
  test('the best format of each language, and of the automatic ones only what is spoken', () => {
    const human = { 'pt-BR': [file('vtt', 'pt'), file('json3', 'pt')], 'eng-US': [file('srt', 'en')] }
    const automatic = {
      de: [file('json3', 'de')],
      'en-orig': [file('json3', 'orig')],
      en: [file('json3', 'en')],
    }
    expect(findTracks('youtube', human, automatic, 'en')).toEqual([
      { language: 'pt', kind: 'human', format: 'json3', url: 'https://captions.example/pt.json3' },
      { language: 'en', kind: 'human', format: 'srt', url: 'https://captions.example/en.srt' },
      { language: 'en', kind: 'automatic', format: 'json3', url: 'https://captions.example/orig.json3' },
    ])
  })

  test('where nobody can tell who wrote them, they do not count as written by people', () => {
    const tracks = findTracks('tiktok', { 'eng-US': [file('vtt', 'en')] }, {}, null)
    expect(tracks.map(({ kind }) => kind)).toEqual(['automatic'])
  })

  test('unreadable formats, other schemes, playlists and unknown languages are left out', () => {
    const human = {
      en: [file('ttml', 'en')],
      fr: [{ ext: 'vtt', url: 'file:///etc/passwd' }],
      es: [{ ...file('vtt', 'es'), protocol: 'm3u8_native' }],
      und: [file('vtt', 'und')],
      live_chat: [file('json', 'chat')],
    }
    expect(findTracks('youtube', human, {}, null)).toEqual([])
  })

  const listed = (tags: string[], spoken: string | null, platform: 'youtube' | 'tiktok' = 'youtube') =>
    findTracks(platform, Object.fromEntries(tags.map((tag) => [tag, [file('vtt', tag)]])), {}, spoken).map(
      ({ language, url }) => [language, /example\/(.*)\.vtt/.exec(url)?.[1]],
    )

  test.each([
    ['en-nP7-2PuUl7o', 'en'],
    ['en-ehkg1hFWq8A', 'en'],
    ['de-Xk_lFEsTqqo', 'de'],
    ['pt-BR-nP7-2PuUl7o', 'pt'],
    ['zh-Hant-TW-j3PyPqV-e1s', 'zh'],
    ['fil-_-aaaaaaaaa', 'fil'],
    ['zh-yue', 'yue'],
    ['iw', 'he'],
    ['es-419', 'es'],
    ['eng_US', 'en'],
  ])('%s is %s', (tag, language) => {
    expect(listed([tag], null)).toEqual([[language, tag]])
  })

  test.each(['live_chat', 'und', 'zxx-en', 'e', '', 'x-klingon', '🎵'])('%j is no language', (tag) => {
    expect(listed([tag], null)).toEqual([])
  })

  test('of several in one language, that of the region which is spoken, then the one without a name', () => {
    expect(listed(['pt-PT', 'pt-BR'], 'pt-BR')).toEqual([['pt', 'pt-BR']])
    expect(listed(['pt-PT', 'pt'], 'pt-BR')).toEqual([['pt', 'pt']])
    expect(listed(['pt-PT', 'pt-BR'], 'pt')).toEqual([['pt', 'pt-PT']])
    expect(listed(['en-nP7-2PuUl7o', 'en'], 'en')).toEqual([['en', 'en']])
  })

  test('what a machine translated is not what a machine heard', () => {
    const automatic = {
      'en-de': [file('vtt', 'en-de')],
      en: [file('vtt', 'en')],
      'en-zh-Hans': [file('vtt', 'x')],
    }
    expect(findTracks('youtube', {}, automatic, 'en').map(({ url }) => url)).toEqual([
      'https://captions.example/en.vtt',
    ])
  })
})

describe('the track for a transcript', () => {
  const human = (language: string) => ({ language, kind: 'human' as const })
  const automatic = (language: string) => ({ language, kind: 'automatic' as const })
  const tracks = [human('de'), human('en'), automatic('en'), automatic('fr')]

  test.each([
    ['the spoken language', { language: null, spoken: 'en', automatic: false }, human('en')],
    ['the wanted one, whatever is spoken', { language: 'de', spoken: 'en', automatic: false }, human('de')],
    ['people before machines', { language: 'en', spoken: 'en', automatic: true }, human('en')],
    ['machines where asked for', { language: 'fr', spoken: 'en', automatic: true }, automatic('fr')],
    ['never machines unasked', { language: 'fr', spoken: 'en', automatic: false }, null],
    ['no guess between two', { language: null, spoken: null, automatic: false }, null],
    ['none of the wanted language', { language: 'it', spoken: 'en', automatic: true }, null],
  ])('%s', (_, wish, track) => {
    expect(chooseTrack(tracks, wish)).toEqual(track)
  })

  test('the only one, where nobody says what is spoken', () => {
    expect(chooseTrack([human('de')], { language: null, spoken: null, automatic: false })).toEqual(
      human('de'),
    )
  })

  test.each([
    ['no', ['en', 'nn', 'nb'], 'nb'],
    ['no', ['en', 'nn'], 'nn'],
    ['nb', ['en', 'no'], 'no'],
    ['nb', ['nn', 'en'], null],
    ['no', ['nb', 'no'], 'no'],
  ])('%s, where there are %j', (spoken, languages, chosen) => {
    const track = chooseTrack(languages.map(human), { language: null, spoken, automatic: false })
    expect(track?.language ?? null).toBe(chosen)
  })
})
