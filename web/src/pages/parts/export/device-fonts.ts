import { byScript, lettersOf, type WithoutFont } from '../../../../../src/contract/scripts.ts'

/** No letter, and none ever: browsers draw the box for it that they draw for whatever no font has. */
const NOTHING = '\u0378'
/** Every font has it. */
const SURE = 'A'

const SIDE = 32
const FONT = '20px system-ui, sans-serif'

/**
 * What of a text this browser can only draw as boxes. Empty where it cannot be told: in Firefox the box has the letter's
 * number in it, and a browser that hides what it draws gives the same for every letter.
 */
export function withoutFontHere(text: string): WithoutFont[] {
  const canvas = document.createElement('canvas')
  canvas.width = SIDE
  canvas.height = SIDE
  const brush = canvas.getContext('2d', { willReadFrequently: true })
  if (!brush) return []
  brush.font = FONT
  brush.textBaseline = 'middle'
  const drawn = (letter: string): Uint32Array => {
    brush.clearRect(0, 0, SIDE, SIDE)
    brush.fillText(letter, 4, SIDE / 2)
    return new Uint32Array(brush.getImageData(0, 0, SIDE, SIDE).data.buffer)
  }
  const box = drawn(NOTHING)
  const isBox = (letter: string): boolean => drawn(letter).every((pixel, k) => pixel === box[k])
  if (isBox(SURE)) return []
  // What stands above or below others is drawn with a letter of its script.
  return byScript(lettersOf(text).filter((letter) => /[^\p{M}]/u.test(letter) && isBox(letter)))
}
