/** How a text differs from what was said, word by word. */

export interface WordErrors {
  /** Of what was said. */
  words: number
  wrong: number
  lost: number
  added: number
  /** Places of words that are the same in both: what was said, what was heard. */
  same: [said: number, heard: number][]
}

/** Words without case and signs: `don’t` and `Don't` are one. The same for all that are compared. */
export const plainWords = (text: string): string[] =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/['’]/g, '')
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter(Boolean)

const SAME = 0
const WRONG = 1
const LOST = 2
const ADDED = 3

/** The fewest words wrong, lost and added (Levenshtein's distance), and where they are. */
export function wordErrors(said: readonly string[], heard: readonly string[]): WordErrors {
  const columns = heard.length + 1
  const steps = new Uint8Array((said.length + 1) * columns)
  let before = Uint32Array.from({ length: columns }, (_, i) => i)
  steps.fill(ADDED, 1, columns)
  for (let i = 1; i <= said.length; i++) {
    const now = new Uint32Array(columns)
    now[0] = i
    steps[i * columns] = LOST
    for (let j = 1; j < columns; j++) {
      const isSame = said[i - 1] === heard[j - 1]
      const costs = [before[j - 1]! + (isSame ? 0 : 1), before[j]! + 1, now[j - 1]! + 1] as const
      const least = Math.min(...costs)
      now[j] = least
      const aside = least === costs[1] ? LOST : ADDED
      steps[i * columns + j] = least === costs[0] ? (isSame ? SAME : WRONG) : aside
    }
    before = now
  }
  return readBack(steps, said.length, heard.length)
}

function readBack(steps: Uint8Array, said: number, heard: number): WordErrors {
  const counts = [0, 0, 0, 0]
  const same: [number, number][] = []
  for (let i = said, j = heard; i > 0 || j > 0; ) {
    const step = steps[i * (heard + 1) + j]!
    counts[step]!++
    if (step !== ADDED) i--
    if (step !== LOST) j--
    if (step === SAME) same.unshift([i, j])
  }
  return { words: said, wrong: counts[WRONG]!, lost: counts[LOST]!, added: counts[ADDED]!, same }
}
