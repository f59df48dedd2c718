import type { RecognisedWord, Recognition } from '../../../ports/engine.ts'

/** Silences and noises (`<s>`, `<sil>`, `[NOISE]`, `++BREATH++`), which are no words. */
const FILLER = /^(<.*>|\[.*\]|\+\+.*\+\+)$/
/** `read(2)` is the second way to pronounce "read". */
const VARIANT = /\(\d+\)$/

/** What `pocketsphinx_continuous -time yes` prints: a line with the text, then one a word with its times. */
export function parseContinuous(stdout: string): Recognition {
  const words = stdout.split('\n').flatMap((line) => {
    const match = /^(\S+) (\d+\.\d+) (\d+\.\d+) -?\d\S*$/.exec(line.trim())
    return match ? wordOf(match[1]!, Number(match[2]), Number(match[3])) : []
  })
  return recognition(words)
}

/** What `pocketsphinx single` prints: a line of JSON with words of times `b`, durations `d` and texts `t`. */
export function parseSingle(stdout: string): Recognition {
  const words = stdout.split('\n').flatMap((line) => {
    if (!line.startsWith('{')) return []
    const { w } = JSON.parse(line) as { w?: { b: number; d: number; t: string }[] }
    return (w ?? []).flatMap(({ b, d, t }) => wordOf(t, b, b + d))
  })
  return recognition(words)
}

const wordOf = (raw: string, start: number, end: number): RecognisedWord[] =>
  FILLER.test(raw) ? [] : [{ word: raw.replace(VARIANT, ''), start, end: Math.max(start, end) }]

function recognition(words: RecognisedWord[]): Recognition {
  const text = words.map(({ word }) => word).join(' ')
  return words.length > 0 ? { text, words, language: 'en' } : { text }
}
