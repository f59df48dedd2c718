/** What is heard wrongly again and again, written as it should be: in the text and in its words alike. Pure. */
import type { Wishes } from '../../contract/wishes.ts'
import type { Segment, Transcript, Word } from '../../ports/transcript.ts'
import { aroundOf, bareWord } from './bare-word.ts'
import { joined, UNSPACED } from './join-text.ts'

type Replacement = NonNullable<Wishes['replacements']>[number]

interface Rule {
  /** Where it stands in a text. */
  pattern: RegExp
  /** Its words, as `bare` gives them. */
  parts: string[]
  to: string
}

/** Replaces in one segment after the other. */
export function replacer(replacements: readonly Replacement[] = []): (segment: Segment) => Segment {
  const rules = replacements.map(ruleOf)
  if (rules.length === 0) return (segment) => segment
  return (segment) => ({
    ...segment,
    text: rules.reduce(inText, segment.text),
    ...(segment.words && { words: rules.reduce(inWords, segment.words) }),
  })
}

export function replaced(transcript: Transcript, replacements: readonly Replacement[] = []): Transcript {
  if (replacements.length === 0) return transcript
  const segments = transcript.segments.map(replacer(replacements))
  return { ...transcript, segments, text: joined(segments.map(({ text }) => text)) }
}

const LETTER = '[\\p{L}\\p{M}\\p{N}]'
const BEGINS_UNSPACED = new RegExp(`^[${UNSPACED}]`, 'u')
const ENDS_UNSPACED = new RegExp(`[${UNSPACED}]$`, 'u')

/** Every sign of the phrase stands for itself: nothing in it can make the search slow. */
function ruleOf({ from, to }: Replacement): Rule {
  const phrase = from
    .trim()
    .split(/\s+/u)
    .map((word) => word.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'))
    .join('\\s+')
  // Where words have no spaces between them, any place is a word's border.
  const before = BEGINS_UNSPACED.test(from) ? '' : `(?<!${LETTER})`
  const after = ENDS_UNSPACED.test(from) ? '' : `(?!${LETTER})`
  return {
    pattern: new RegExp(before + phrase + after, 'giu'),
    parts: from.trim().split(/\s+/u).map(bare),
    to,
  }
}

function inText(text: string, { pattern, to }: Rule): string {
  const made = text.replace(pattern, () => to)
  return made === text || to !== '' ? made : made.replace(/ {2,}/g, ' ').trim()
}

function inWords(words: Word[], { parts, to }: Rule): Word[] {
  const made: Word[] = []
  for (let k = 0; k < words.length; ) {
    const found = parts.every((part, i) => words[k + i] !== undefined && bare(words[k + i]!.word) === part)
    if (found) made.push(...instead(words.slice(k, k + parts.length), to))
    else made.push(words[k]!)
    k += found ? parts.length : 1
  }
  return made
}

/** The new words share the time of the old ones; signs before and after stay. */
function instead(old: readonly Word[], to: string): Word[] {
  if (to === '') return []
  const [first, last] = [old[0]!, old.at(-1)!]
  const [before] = aroundOf(first.word)
  const [, after] = aroundOf(last.word)
  const texts = `${before}${to}${after}`.split(/\s+/u)
  const each = (last.end - first.start) / texts.length
  const sure = old.flatMap(({ probability }) => probability ?? [])
  return texts.map((word, i) => ({
    word,
    start: first.start + i * each,
    end: first.start + (i + 1) * each,
    ...(sure.length > 0 && { probability: Math.min(...sure) }),
  }))
}

/** Lower case, without the signs around it. */
const bare = (word: string): string => bareWord(word).toLowerCase()
