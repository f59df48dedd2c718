import { InvalidArgumentError } from 'commander'

/** A time of ISO 8601 on the command line, as epoch ms. */
export function parseTime(text: string): number {
  const time = Date.parse(text)
  if (Number.isNaN(time)) throw new InvalidArgumentError('Give a time like 2027-01-31T00:00:00Z.')
  return time
}
