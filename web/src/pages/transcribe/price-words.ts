import type { Price } from '../../../../src/contract/native.ts'
import { translator } from '../../i18n/catalogue.ts'

const credits = (count: number): string => translator('order')('price.credits', { count })

/** What one of that length costs; null: its length is not known yet. */
export const priceOf = (price: Price, seconds: number | null): number | null => {
  if (price.kind === 'flat') return price.credits
  return seconds === null ? null : price.credits * Math.max(1, Math.ceil(seconds / 60))
}

/** “Costs 1 credit for each started minute.” */
export const rateWords = (price: Price): string =>
  translator('order')(price.kind === 'flat' ? 'price.flat' : 'price.perMinute', {
    credits: credits(price.credits),
  })

export interface Estimate {
  /** Of those whose price is known. */
  known: number
  /** How many have a length that shows only later. */
  open: number
}

/** @param lengths seconds; null: not known */
export const estimate = (price: Price, lengths: readonly (number | null)[]): Estimate =>
  lengths.reduce<Estimate>(
    ({ known, open }, seconds) => {
      const cost = priceOf(price, seconds)
      return cost === null ? { known, open: open + 1 } : { known: known + cost, open }
    },
    { known: 0, open: 0 },
  )

/** What it all costs, before one presses the button. */
export function estimateWords(price: Price, { known, open }: Estimate): string {
  const t = translator('order')
  if (price.credits === 0) return t('price.free')
  if (open === 0) return t('price.known', { credits: credits(known) })
  const rate = credits(price.credits)
  if (known === 0) return t('price.open', { open, credits: rate })
  return t('price.partlyOpen', { open, known: credits(known), credits: rate })
}

/**
 * Why it cannot be paid now; undefined: it can, as far as one knows.
 * @param sending what is still being sent, which is paid when it has arrived
 */
export function shortfall(
  order: Estimate,
  price: Price,
  available: number,
  sending: Estimate = { known: 0, open: 0 },
): string | undefined {
  const t = translator('order')
  const least = leastOf(order, price)
  const promised = leastOf(sending, price)
  if (least + promised <= available) return undefined
  const needs = order.open > 0 ? t('price.atLeast', { credits: credits(least) }) : credits(least)
  return promised > 0
    ? t('price.lackSending', { have: credits(available), promised: credits(promised), needs })
    : t('price.lack', { have: credits(available), needs })
}

const leastOf = ({ known, open }: Estimate, price: Price): number => known + open * price.credits

/** By what it will be heard, and what to know of that before it begins. */
export function modelWords(
  model: { name: string; standIn: boolean; languages: readonly string[] | null } | undefined,
): string {
  const t = translator('order')
  if (!model) return ''
  if (model.standIn) return t('model.standIn', { model: model.name })
  const english = model.languages?.length === 1 && model.languages[0] === 'en'
  return t(english ? 'model.english' : 'model.any', { model: model.name })
}
