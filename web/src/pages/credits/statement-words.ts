import type { LedgerItem } from './data.ts'

const WORDS: Record<LedgerItem['kind'], string> = {
  grant: 'Credits added',
  hold: 'Reserved for a transcription',
  post: 'Transcription',
  void: 'Reservation returned',
  expire: 'Reservation ran out and was returned',
  reversal: 'Correction',
}

export const wordsFor = (item: LedgerItem): string => WORDS[item.kind]

/** `+50`, `−2`: what a statement shows of a change. */
export const signed = (amount: number): string =>
  amount < 0 ? `−${(-amount).toLocaleString()}` : amount > 0 ? `+${amount.toLocaleString()}` : '0'
