import type { Price } from '../../../../src/contract/native.ts'

const credits = (n: number): string => `${n.toLocaleString('en')} ${n === 1 ? 'credit' : 'credits'}`

/** What one of that length costs; null: its length is not known yet. */
export const priceOf = (price: Price, seconds: number | null): number | null => {
  if (price.kind === 'flat') return price.credits
  return seconds === null ? null : price.credits * Math.max(1, Math.ceil(seconds / 60))
}

/** “1 credit for each started minute” */
export const rateWords = (price: Price): string =>
  price.kind === 'flat'
    ? `${credits(price.credits)} each, however long`
    : `${credits(price.credits)} for each started minute`

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
  if (price.credits === 0) return 'Costs nothing here.'
  if (open === 0) return `Costs ${credits(known)}.`
  const rest = `${rateWords(price)}${open > 1 ? ' of each' : ''}`
  if (known === 0) return `Costs ${rest}; the length is known once it is fetched.`
  return `Costs ${credits(known)}, and ${rest} for ${open} of unknown length.`
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
  const least = leastOf(order, price)
  const promised = leastOf(sending, price)
  if (least + promised <= available) return undefined
  const needs = `${order.open > 0 ? 'at least ' : ''}${credits(least)}`
  return promised > 0
    ? `You have ${credits(available)}. What is being sent takes ${credits(promised)} of them, and this needs ${needs}.`
    : `You have ${credits(available)}; this needs ${needs}.`
}

const leastOf = ({ known, open }: Estimate, price: Price): number => known + open * price.credits

/** By what it will be heard, and what to know of that before it begins. */
export function modelWords(
  model: { name: string; standIn: boolean; languages: readonly string[] | null } | undefined,
): string {
  if (!model) return ''
  if (model.standIn) return `Heard by ${model.name}, a rough stand-in that knows English only.`
  const english = model.languages?.length === 1 && model.languages[0] === 'en'
  return `Heard by ${model.name}${english ? ', which knows English only' : ''}.`
}
