import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hotwordsIn, phrasesIn, readTokens } from './hotwords.ts'

const TOKENS = ['<blk>', '<unk>', '▁the', '▁Fau', 're', '▁', 'F', 'a', 'u', 'r', 'e', 'N', 'd', 'i']
const model = readTokens(TOKENS.map((token, id) => `${token} ${id}\n`).join(''))

describe('the phrases of a prompt', () => {
  it('are what stands between commas, semicolons and ends of lines, each once', () => {
    expect(phrasesIn('Gabriel Fauré, Nadia Boulanger;Soku\nSoku\n，福雷、小泽')).toEqual([
      'Gabriel Fauré',
      'Nadia Boulanger',
      'Soku',
      '福雷',
      '小泽',
    ])
  })

  it('are no sentences', () => {
    expect(phrasesIn('This is a talk about the music of France. Fauré, Ravel.')).toEqual(['Fauré', 'Ravel'])
    expect(phrasesIn('  ')).toEqual([])
  })

  it('hold nothing that means something to sherpa-onnx', () => {
    expect(phrasesIn(':2.0 a, b :3, #0.5, @x, TCP/IP')).toEqual(['2.0 a', 'b 3', '0.5', 'x', 'TCP IP'])
    const prompts = fc
      .array(fc.oneof(fc.constantFrom(...':#@/,; \n'), fc.string()))
      .map((all) => all.join(''))
    fc.assert(
      fc.property(prompts, (prompt) => {
        for (const phrase of phrasesIn(prompt)) {
          expect(phrase).toMatch(/^\S+( \S+)*$/)
          expect(phrase).not.toContain('/')
          for (const word of phrase.split(' ')) expect(word).toMatch(/^[^:#@]/)
        }
      }),
    )
  })
})

describe('a model’s tokens', () => {
  it('score by their rank, as in the vocabulary they come from', () => {
    expect(model.modelingUnit).toBe('bpe')
    expect(model.vocabulary.split('\n').slice(2, 5)).toEqual(['▁the -2', '▁Fau -3', 're -4'])
    expect(readTokens('<blk> 0\n你 1\n好 2\n').modelingUnit).toBe('cjkchar')
  })

  it('write a phrase as it is, in capitals, or in small letters; or not at all', () => {
    expect(model.writes('Faure')).toBe('Faure')
    expect(model.writes('AURE')).toBe('aure')
    expect(model.writes('the')).toBeUndefined() // neither t nor h stands for itself
    expect(model.writes('Fauré')).toBeUndefined()
    expect(hotwordsIn({ prompt: 'Fauré, Nadia, Faure' }, model)).toBe('Nadia/Faure')
    expect(hotwordsIn({ prompt: 'Ravel' }, model)).toBeUndefined()
    expect(hotwordsIn({}, model)).toBeUndefined()
    expect(hotwordsIn({ prompt: 'Nadia', keywords: ['Faure', 'Nadia', ':#/'] }, model)).toBe('Faure/Nadia')
  })
})
