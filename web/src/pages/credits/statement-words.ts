import { translator } from '../../i18n/catalogue.ts'
import { numberWords } from '../parts/words.ts'
import type { LedgerItem } from './data.ts'

export const wordsFor = (item: LedgerItem): string => translator('credits')(`statement.kinds.${item.kind}`)

/** `+50`, `−2`: what a statement shows of a change. */
export const signed = (amount: number): string =>
  amount < 0 ? `−${numberWords(-amount)}` : amount > 0 ? `+${numberWords(amount)}` : '0'
