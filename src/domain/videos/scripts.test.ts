import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { byScript, inScripts, lettersOf, scriptsWithout, TRIAL_LETTERS } from '../../contract/scripts.ts'

const every = scriptsWithout(new Set(TRIAL_LETTERS))
const withoutFont = (text: string, lacking: readonly string[]) => byScript(inScripts(text, lacking))

describe('the scripts of a text', () => {
  it('without a font are named, each with its letters', () => {
    expect(withoutFont('Hi, สวัดี 日本', ['Thai', 'Hani'])).toEqual([
      { script: 'Thai', letters: 'สวัดี' },
      { script: 'Hani', letters: '日本' },
    ])
  })

  it('are one where the text is Japanese', () => {
    expect(withoutFont('日はアー', every)).toEqual([{ script: 'Jpan', letters: '日はアー' }])
    expect(withoutFont('日は', ['Hira', 'Kana'])).toEqual([{ script: 'Jpan', letters: 'は' }])
  })

  it('are those that are written today, and no script for what belongs to none', () => {
    const said = byScript(lettersOf('ᏣᎳ ⵜ ߒ ʻ 𐎀'))
    expect(said.map(({ script }) => script)).toEqual(['Cher', 'Tfng', 'Nkoo', 'Zyyy'])
  })

  it('have no symbols and no spaces, which are left out or drawn without a font', () => {
    expect(withoutFont(' …!?🎵。', every)).toEqual([])
  })

  it('are lacking only where all that was tried of them is', () => {
    expect(scriptsWithout(new Set())).toEqual([])
    expect(scriptsWithout(new Set('กา一'))).toEqual(['Thai'])
    expect(every).toContain('Latn')
  })

  it('are told by each of their letters, once, and by no other', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.constantFrom(...TRIAL_LETTERS)), fc.subarray(every), (text, lacking) => {
        const named = withoutFont(text.join(''), lacking).flatMap(({ letters }) => [...letters])
        expect(named.toSorted()).toEqual(text.filter((letter) => isOf(lacking, letter)).toSorted())
      }),
    )
  })
})

const isOf = (scripts: readonly string[], letter: string): boolean =>
  scripts.some((script) => new RegExp(`\\p{Script=${script}}`, 'u').test(letter))
