import { randomFillSync, randomUUID } from 'node:crypto'

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
  | 'batch'
  | 'sub'
  | 'pacc'
  | 'draft'
  | 'pdl'
  | 'part'
  | 'run'
  | 'spk'
  | 'cmt'
  | 'vid'

export const newId = (prefix: IdPrefix): string =>
  prefix === 'tj' ? `tj_${randomUUID()}` : `${prefix}_${randomHex()}`

const BYTES = 12
/** Filled for many ids at once: every request gets one, and asking the system each time is slow. */
const pool = Buffer.alloc(BYTES * 256)
let used = pool.length

function randomHex(): string {
  if (used === pool.length) {
    randomFillSync(pool)
    used = 0
  }
  used += BYTES
  return pool.toString('hex', used - BYTES, used)
}
