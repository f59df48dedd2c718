import { InvalidArgumentError } from 'commander'

/** Reads a whole number on the command line. */
export const wholeNumber =
  (least: number) =>
  (text: string): number => {
    const number = /^-?\d{1,15}$/.test(text) ? Number(text) : Number.NaN
    if (!(number >= least)) throw new InvalidArgumentError(`Give a whole number, ${least} or more.`)
    return number
  }
