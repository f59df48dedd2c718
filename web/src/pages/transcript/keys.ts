import type { Playhead } from './playhead.ts'

/** Seconds that one goes back to hear something again. */
export const BACK = 3
export const FAR = 10
export const RATES = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 2.5, 3]

/** What the keys do beside the player. */
export interface Commands {
  nextDoubt(back: boolean): void
  /** Gives the line to the speaker of that number, 1 the first. */
  speaker(number: number): void
  /** On the selected words, or the line. */
  comment(): void
}

export function faster(playhead: Playhead, step: 1 | -1): void {
  const at = RATES.indexOf(playhead.rate())
  playhead.setRate(RATES[Math.min(Math.max(at + step, 0), RATES.length - 1)] ?? 1)
}

const PLAYER: Record<string, (playhead: Playhead) => void> = {
  Space: (playhead) => playhead.toggle(),
  KeyK: (playhead) => playhead.toggle(),
  KeyJ: (playhead) => playhead.skip(-BACK),
  KeyL: (playhead) => playhead.skip(BACK),
  ArrowLeft: (playhead) => playhead.skip(-FAR),
  ArrowRight: (playhead) => playhead.skip(FAR),
  Comma: (playhead) => faster(playhead, -1),
  Period: (playhead) => faster(playhead, 1),
}

/** What a key does, by its place on the keyboard: with Alt it writes other letters. */
export function commandOf(
  code: string,
  { shift, playhead, commands }: { shift: boolean; playhead: Playhead; commands: Commands | undefined },
): (() => void) | undefined {
  if (commands && code === 'KeyN') return () => commands.nextDoubt(shift)
  if (shift) return undefined
  const digit = /^Digit([1-9])$/.exec(code)?.[1]
  if (commands && digit) return () => commands.speaker(Number(digit))
  if (commands && code === 'KeyC') return () => commands.comment()
  const act = PLAYER[code]
  return act && (() => act(playhead))
}
