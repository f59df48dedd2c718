/** Where sentences end, as far as two words and the pause between them tell. */

/** With an abbreviation, or a number that may be an ordinal, a sentence ends only before such a pause, seconds. */
const DOUBT = 0.4

const ABBREVIATIONS = new Set(
  (
    'mr mrs ms dr prof st sr jr sra srta dra mme mlle mt lt col gen sgt capt rev hon gov sen rep pres ' +
    'vs etc eg ie cf al approx dept est fig inc ltd co corp nr no nos vol pp ed ca bzw usw evtl ggf inkl str tel ' +
    'bspw vgl abs art hr fr jan feb mar apr jun jul aug sept oct okt nov dec dez'
  ).split(' '),
)

const ENDS = /[.!?。！？…]["'”’»)\]]*$/u
const BEGINS_SMALL = /^["'“‘«(¿¡\s]*\p{Ll}/u

/** Whether a sentence ends between a word and the next one, each with its punctuation. */
export function endsSentence(word: string, next: string, pause: number): boolean {
  if (!ENDS.test(word)) return false
  // “Stop!” he said. Web names and the like, too: “Yahoo! is”.
  if (BEGINS_SMALL.test(next)) return false
  return pause >= DOUBT || !isDoubtful(word)
}

/** `Dr.`, `U.S.`, `J.`, `3.` */
function isDoubtful(word: string): boolean {
  if (!word.endsWith('.') || word.endsWith('..')) return false
  const bare = word.slice(0, -1).replace(/^["'“‘«(¿¡]+/u, '')
  const last = bare.split(/[.-]/u).at(-1) ?? ''
  return (
    /^\p{L}$/u.test(last) ||
    /^\d{1,2}$/u.test(bare) ||
    ABBREVIATIONS.has(bare.toLowerCase().replaceAll('.', ''))
  )
}

export const endsPhrase = (word: string): boolean => /[,;:.!?…、，；：。！？—–]["'”’»)\]]*$/u.test(word)
