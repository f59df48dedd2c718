import { createHash, randomBytes } from 'node:crypto'

/** `sk_live_` and 24 random bytes in base64url (Soku's format). Shown once. */
export const makeKey = (): string => `sk_live_${randomBytes(24).toString('base64url')}`

/** A key is random enough that a plain hash is as good as a slow one. */
export const hashKey = (key: string): string => createHash('sha256').update(key).digest('hex')

/** What is shown of a key later: `sk_live_abc...xyz`. */
export const previewKey = (key: string): string => `${key.slice(0, 11)}...${key.slice(-3)}`

/** Cheap refusal of what cannot be a key, before the database is asked. */
export const looksLikeKey = (key: string): boolean => /^sk_[\w-]{8,120}$/.test(key)
