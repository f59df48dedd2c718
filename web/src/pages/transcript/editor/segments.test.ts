import { describe, expect, it } from 'vitest'
import { keyed, merge, renameSpeaker, replaceAll, setTimes, speakersOf, split, unkeyed } from './segments.ts'

const timed = (text: string, from = 0) => ({
  start: from,
  end: from + text.split(' ').length,
  text,
  words: text.split(' ').map((word, k) => ({ word, start: from + k, end: from + k + 0.5 })),
})

describe('splitting', () => {
  it('goes between words, nearest to the caret, with their times', () => {
    const [left, right] = split(keyed([timed('one two three four')]), 0, 9)
    expect(left).toMatchObject({ text: 'one two ', start: 0, end: 1.5 })
    expect(right).toMatchObject({ text: 'three four', start: 2, end: 4 })
    expect([left?.words?.length, right?.words?.length]).toEqual([2, 2])
  })

  it('goes by the length of the text where no word has a time', () => {
    const parts = split(keyed([{ start: 10, end: 20, text: 'abcd efghi' }]), 0, 5)
    expect(parts.map(({ start, end }) => [start, end])).toEqual([
      [10, 15],
      [15, 20],
    ])
  })

  it('goes anywhere in scripts without spaces', () => {
    const parts = split(keyed([{ start: 0, end: 4, text: '今日は晴れ' }]), 0, 3)
    expect(parts.map(({ text }) => text)).toEqual(['今日は', '晴れ'])
    expect(merge(parts, 0).map(({ text }) => text)).toEqual(['今日は晴れ'])
  })

  it('makes no empty segment, and cuts no word', () => {
    for (const text of ['one', ' one ', ''])
      expect(split(keyed([{ start: 0, end: 1, text }]), 0, 2)).toHaveLength(1)
  })

  it('keeps the speaker in both', () => {
    const parts = split(keyed([{ ...timed('one two'), speaker: 'Ann' }]), 0, 4)
    expect(parts.map(({ speaker }) => speaker)).toEqual(['Ann', 'Ann'])
  })
})

it('puts a space between what is merged', () => {
  const merged = merge(keyed([timed('one'), timed('two', 5)]), 0)
  expect(merged).toMatchObject([{ text: 'one two', start: 0, end: 6, key: 0 }])
})

describe('times', () => {
  const three = keyed([timed('one'), timed('two three', 5), timed('four', 9)])

  it('stay between the neighbours’, and take the words along', () => {
    expect(setTimes(three, 1, { start: 5.6, end: 6.2 })[1]).toMatchObject({
      start: 5.6,
      end: 6.2,
      words: [
        { word: 'two', start: 5.6, end: 5.6 },
        { word: 'three', start: 6, end: 6.2 },
      ],
    })
    expect(setTimes(three, 1, { start: 99, end: 3 })[1]).toMatchObject({ start: 9, end: 9 })
    expect(setTimes(three, 2, { start: 1, end: 99 })[2]).toMatchObject({ start: 5, end: 99 })
  })

  it('that are the same change nothing', () =>
    expect(setTimes(three, 1, { start: 5.0001, end: 7 })).toBe(three))
})

it('renames a speaker everywhere', () => {
  const all = keyed([
    { ...timed('one'), speaker: 'S1' },
    { ...timed('two', 2), speaker: 'S2' },
    { ...timed('three', 4), speaker: 'S1' },
  ])
  expect(speakersOf(all)).toEqual(['S1', 'S2'])
  expect(speakersOf(renameSpeaker(all, 'S1', ' Ann '))).toEqual(['Ann', 'S2'])
  expect(speakersOf(renameSpeaker(all, 'S2', ''))).toEqual(['S1'])
})

it('replaces words, taken literally, and keeps the other words’ times', () => {
  const [after] = replaceAll(keyed([timed('one (two) One')]), { text: 'one' }, '$&1')
  expect(after).toMatchObject({ text: '$&1 (two) $&1', words: timed('$&1 (two) $&1').words })
  const whole = { text: 'on', wholeWords: true }
  expect(replaceAll(keyed([timed('one on')]), whole, 'off')[0]?.text).toBe('one off')
  const exact = { text: 'One', matchCase: true }
  expect(replaceAll(keyed([timed('one One')]), exact, 'x')[0]?.text).toBe('one x')
})

it('saves without keys, and without the spaces of a split', () => {
  expect(unkeyed(split(keyed([timed('one two')]), 0, 4))).toEqual(
    [timed('one'), { ...timed('two', 1) }].map((s, k) => ({ ...s, end: k === 0 ? 0.5 : 2 })),
  )
})
