import { describe, expect, it, test } from 'vitest'
import {
  knownAs,
  language,
  languageCode,
  languageName,
  readCode,
  readLanguage,
} from '../contract/language.ts'

describe('a request’s language', () => {
  test.each([
    ['en', 'en'],
    ['EN', 'en'],
    [' en ', 'en'],
    ['eng', 'en'],
    ['en-US', 'en'],
    ['pt-BR', 'pt'],
    ['pt_br', 'pt'],
    ['zh-Hans-CN', 'zh'],
    ['zh-yue', 'yue'],
    ['yue', 'yue'],
    ['haw', 'haw'],
    ['jv', 'jv'],
    ['jw', 'jv'],
    ['iw', 'he'],
    ['tl', 'tl'],
    ['fil', 'tl'],
    ['nb', 'nb'],
    ['no', 'no'],
    ['', undefined],
    [' ', undefined],
    [null, undefined],
    ['auto', undefined],
  ])('%j is %j', (said, code) => {
    expect(language.parse(said)).toBe(code)
  })

  test.each(['xx', 'english', 'klingon', 'e', 'en US', 'en;q=1', '-', '1', 'zzz', 'x'.repeat(1000), 7, {}])(
    '%j is none',
    (said) => {
      expect(language.safeParse(said).success).toBe(false)
    },
  )
})

describe('a language of OpenAI’s form', () => {
  test.each([
    ['en', 'en'],
    [' EN ', 'en'],
    ['jw', 'jv'],
    ['iw', 'he'],
    ['yue', 'yue'],
    ['haw', 'haw'],
  ])('%j is %j', (said, code) => {
    expect(languageCode.parse(said)).toBe(code)
  })

  test.each(['auto', 'en-US', 'zh-Hans', 'pt_BR', 'eng', 'zho', 'fil', 'english', 'xx', '-', '', 'e'])(
    '%j is none, as there',
    (said) => {
      expect(languageCode.safeParse(said).success).toBe(false)
    },
  )
})

describe('names', () => {
  test.each(
    Object.entries({
      ...{ bn: 'bengali', my: 'myanmar', nn: 'nynorsk', tl: 'tagalog', mi: 'maori', ht: 'haitian creole' },
      ...{ si: 'sinhala', pa: 'punjabi', jv: 'javanese', yue: 'cantonese', haw: 'hawaiian', no: 'norwegian' },
      ...{ zh: 'chinese', en: 'english', ps: 'pashto', lb: 'luxembourgish', fa: 'persian', el: 'greek' },
    }),
  )('%s is %s, both ways', (code, name) => {
    expect(languageName(code)).toBe(name)
    expect(readLanguage(name)).toBe(code)
  })

  it('are what Whisper takes besides, and codes', () => {
    expect(['burmese', 'Castilian', 'flemish', 'EN', 'jw', 'nonsense'].map(readLanguage)).toEqual([
      ...['my', 'es', 'nl', 'en', 'jv', null],
    ])
  })
})

test('every code of Whisper’s is read, and known to it by its own', () => {
  const whisper = (
    'en zh de es ru ko fr ja pt tr pl ca nl ar sv it id hi fi vi he uk el ms cs ro da hu ta no th ur hr bg lt la mi ' +
    'ml cy sk te fa lv bn sr az sl kn et mk br eu is hy ne mn bs kk sq sw gl mr pa si km sn yo so af oc ka be tg sd ' +
    'gu am yi lo uz fo ht ps tk nn mt sa lb my bo tl mg as tt haw ln ha ba jw su yue'
  ).split(' ')
  for (const code of whisper) expect(knownAs(readCode(code)!, whisper)).toBe(code)
  expect(knownAs('nb', whisper)).toBe('no')
  expect(knownAs('no', ['en', 'nb'])).toBe('nb')
  expect(knownAs('xh', whisper)).toBeUndefined()
})
