import { expect, it } from 'vitest'
import { repeatsPrompt } from './prompt-leak.ts'

const PROMPT = 'Earshot, SoScripted, Soku. A talk about transcription.'

it.each([
  ['the prompt itself', PROMPT, true],
  ['in other letters and signs', 'earshot soscripted soku – A TALK about transcription', true],
  ['a part of it', 'SoScripted, Soku. A talk', true],
  ['more than it', `${PROMPT} Thank you.`, true],
  ['a word of it', 'Soku.', false],
  ['a sentence with a word of it', 'Today we talk about Earshot.', false],
  ['nothing', '', false],
])('%s', (_, text, repeats) => {
  expect(repeatsPrompt(PROMPT, text)).toBe(repeats)
})

it('without a prompt there is nothing to repeat', () => {
  expect(repeatsPrompt(undefined, 'Today we talk about Earshot.')).toBe(false)
  expect(repeatsPrompt(' … ', 'Today we talk about Earshot.')).toBe(false)
})
