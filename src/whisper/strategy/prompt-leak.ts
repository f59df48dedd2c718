/** Where little is said, a model may say its prompt instead. */
import { plain } from '../text/plain.ts'

/** Shorter texts are words that a prompt has for the very reason that they are said. Letters. */
const SHORTEST = 12

/**
 * Whether a text is nothing but its prompt, or a good part of it. That may be what was said: the sound is to be heard
 * again without the prompt, which says the same then.
 */
export function repeatsPrompt(prompt: string | undefined, text: string): boolean {
  const said = plain(text)
  const given = plain(prompt ?? '')
  if (given === '' || said.length < Math.min(SHORTEST, given.length)) return false
  return given.includes(said) || said.includes(given)
}
