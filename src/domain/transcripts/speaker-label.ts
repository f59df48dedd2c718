import { segmenter } from '../segmenter.ts'
import { width } from './pieces.ts'

/** A speaker's name as one line, in which nothing can pass for more than a name. */
export const speakerName = (speaker: string | undefined): string =>
  (speaker ?? '')
    .replace(/[\s\p{C}]+/gu, ' ')
    .replaceAll('-->', '→')
    .trim()

/** `Ann: `, as it stands before what she says; empty for nobody. @param most its width; a longer name is cut */
export function speakerLabel(speaker: string | undefined, most: number): string {
  const name = speakerName(speaker)
  if (name === '') return ''
  if (width(name) + 2 <= most) return `${name}: `
  let short = ''
  for (const { segment } of segmenter('grapheme').segment(name)) {
    if (width(short + segment) + 3 > most) break
    short += segment
  }
  return `${short.trimEnd()}…: `
}

/** `Speaker 1` and `Channel 1` are 0, as other tools count; an edited name has no number. */
export function speakerNumber(speaker: string): number {
  const [, number] = /^(?:Speaker|Channel) (\d{1,6})$/.exec(speaker) ?? []
  return number === undefined ? 0 : Number(number) - 1
}
