/**
 * Are these the words of a song? Soku's `likelyLyrics`. Several weak signs are added up as evidence for and
 * against (a logistic sum with weights set by hand, see `SIGNS`): songs repeat phrases and whole lines, their
 * lines are short and rhyme, begin at regular intervals, and are sung slower than speech. Speeches, lessons
 * and prayers repeat as much, but not in time; poems rhyme, but do not repeat. How often it is right on a
 * labelled set is in docs/api-soku.md.
 */
import type { Transcript } from '../../ports/transcript.ts'
import { linesOf } from './lyrics-lines.ts'
import * as sign from './lyrics-signs.ts'

export interface LyricsVerdict {
  likely: boolean
  /** Probability that it is a song, as far as this heuristic can tell: 0 to 1. */
  score: number
}

export interface AudioEvidence {
  /** Share of the sound that an audio tagger takes for music or singing, 0 to 1. */
  music?: number
}

/** Fewer words, or lines, say nothing either way. */
const MIN_WORDS = 12

/** Without any sign, recordings that people send are speech. */
const PRIOR = -2.6

/** Each sign from 0 to 1, and what it adds when it is fully there (in log odds). */
const SIGNS = {
  repeatedPhrases: 3.2,
  /** Where lines are not known, phrases have to tell. */
  phrasesAlone: 1,
  repeatedLines: 2,
  rhymes: 3,
  calls: 2.5,
  shortLines: 1,
  regularLines: 3.4,
  irregularLines: -1.2,
  slowWords: 0.4,
  longSentences: -2.5,
}
/** What music in the sound adds, from none at all (against) to all of it. */
const MUSIC = { none: -2, all: 4 }

export function likelyLyrics(transcript: Transcript, { music }: AudioEvidence = {}): LyricsVerdict {
  const words = sign.wordsOf(transcript.text)
  if (words.length < MIN_WORDS) return { likely: false, score: 0 }
  const lines = linesOf(transcript)
  const repeatedPhrases = sign.repeatedPhrases(words)
  const regular = sign.regularLines(lines)
  const found: Record<keyof typeof SIGNS, number> = {
    repeatedPhrases,
    phrasesAlone: lines.length < sign.FEW_LINES ? repeatedPhrases : 0,
    repeatedLines: sign.repeatedLines(lines),
    rhymes: sign.rhymes(lines),
    calls: sign.calls(words),
    shortLines: sign.shortLines(lines),
    regularLines: regular ?? 0,
    irregularLines: regular === null ? 0 : 1 - regular,
    slowWords: sign.slowWords(lines),
    longSentences: sign.longSentences(transcript.text),
  }
  const names = Object.keys(SIGNS) as (keyof typeof SIGNS)[]
  const said = names.reduce((sum, name) => sum + SIGNS[name] * found[name], PRIOR)
  const odds = music === undefined ? said : said + MUSIC.none + (MUSIC.all - MUSIC.none) * music
  const score = 1 / (1 + Math.exp(-odds))
  return { likely: score >= 0.5, score }
}
