import { randomBytes, randomUUID } from 'node:crypto'

/** Ids say what they name: `acct_`, `key_`, `media_`, `tj_` (a transcription), `req_`. */
export type IdPrefix =
  | 'acct'
  | 'key'
  | 'media'
  | 'tj'
  | 'req'
  | 'hold'
  | 'buy'
  | 'xfer'
  | 'user'
  | 'sess'
  | 'inv'
  | 'share'
  | 'whk'
  | 'dlv'
  | 'evt'
  | 'upl'

export const newId = (prefix: IdPrefix): string =>
  prefix === 'tj' ? `tj_${randomUUID()}` : `${prefix}_${randomBytes(12).toString('hex')}`
