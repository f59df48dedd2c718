import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { withMarks } from './marks.ts'

describe('withMarks', () => {
  it.each([
    ['hello there how are you', 'hello there，how are you？', 'hello there, how are you?'],
    ['这是一个测试你好吗', '这是一个测试，你好吗？', '这是一个测试，你好吗？'],
    ['it is ok 谢谢你', 'it is ok，谢谢你。', 'it is ok, 谢谢你。'],
    ['  two  spaces ', 'two，spaces。', '  two,  spaces. '],
    ['is it 5', 'is it 5？', 'is it 5?'],
    ['', '。', ''],
  ])('%j with %j', (text, suggested, marked) => {
    expect(withMarks(text, suggested)).toBe(marked)
  })

  it('doubles no mark that is there already', () => {
    expect(withMarks('well, yes.', 'well,，yes.。')).toBe('well, yes.')
  })

  it.each(['hello their', 'hello', 'hello there friend', ''])('believes no other words: %j', (suggested) => {
    expect(withMarks('hello there', suggested)).toBe('hello there')
  })

  it('changes nothing but marks', () => {
    const words = fc.array(
      fc.tuple(fc.stringMatching(/^[a-z0-9'谢你]{1,6}$/), fc.constantFrom('', '，', '。', '？')),
      {
        maxLength: 20,
      },
    )
    fc.assert(
      fc.property(words, (said) => {
        const text = said.map(([word]) => word).join(' ')
        const marked = withMarks(text, said.map(([word, mark]) => word + mark).join(' '))
        expect(marked.replace(/[，。？,.?]/gu, '')).toBe(text)
        const count = (of: string): number => of.match(/[，。？,.?]/gu)?.length ?? 0
        expect(count(marked)).toBe(said.filter(([, mark]) => mark !== '').length)
      }),
    )
  })
})
