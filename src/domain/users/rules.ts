import { createHash, randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { DomainError } from '../errors.ts'

const derive = promisify<string, Buffer, number, object, Buffer>(scrypt)

/** OWASP's scrypt setting for 32 MiB: N = 2^15, r = 8, p = 3. Stored with each hash, so that it can grow. */
const COST = { log2N: 15, r: 8, p: 3 }
const KEY_BYTES = 32

/** Long enough that a guess is hopeless, without rules that make people write passwords down. */
const MIN_PASSWORD = 10
const MAX_PASSWORD = 200

export async function hashPassword(password: string): Promise<string> {
  const { log2N, r, p } = COST
  const salt = randomBytes(16)
  const key = await stretch(password, salt, COST)
  return ['scrypt', log2N, r, p, salt.toString('base64url'), key.toString('base64url')].join('$')
}

/** False for a wrong password, and (after the same work) for a person who has none. */
export async function passwordFits(password: string, stored: string | null): Promise<boolean> {
  const [, log2N, r, p, salt, key] = (stored ?? (await nobody())).split('$')
  const expected = Buffer.from(key ?? '', 'base64url')
  const cost = { log2N: Number(log2N), r: Number(r), p: Number(p) }
  const given = await stretch(password, Buffer.from(salt ?? '', 'base64url'), cost)
  return timingSafeEqual(given, expected) && stored !== null
}

const stretch = (password: string, salt: Buffer, { log2N, r, p }: typeof COST): Promise<Buffer> =>
  inTurn(() =>
    derive(password.normalize('NFKC'), salt, KEY_BYTES, {
      N: 2 ** log2N,
      r,
      p,
      maxmem: 2 * 128 * 2 ** log2N * r,
    }),
  )

/** Node has four threads for this and for reading files: guesses leave two of them, and wait in a short line. */
const AT_ONCE = 2
const MOST_WAITING = 16
let running = 0
const line: (() => void)[] = []

/** @throws DomainError `login.throttled` */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE) {
    if (line.length >= MOST_WAITING)
      throw new DomainError('login.throttled', 'Too many tries at once. Wait a few seconds.', {
        retryAfterSeconds: 5,
      })
    await new Promise<void>((go) => line.push(go))
  } else running++
  try {
    return await work()
  } finally {
    const next = line.shift()
    if (next) next()
    else running--
  }
}

let nobodysHash: Promise<string> | undefined
/** Checking an unknown address takes as long as checking a known one. */
function nobody(): Promise<string> {
  nobodysHash ??= hashPassword(randomBytes(16).toString('hex'))
  return nobodysHash
}

/** @throws DomainError `request.invalid` */
export function checkPassword(password: string, email: string): void {
  const refuse = (message: string): never => {
    throw new DomainError('request.invalid', message, { field: 'password', reason: 'weak' })
  }
  if (password.length < MIN_PASSWORD) refuse(`A password needs at least ${MIN_PASSWORD} characters.`)
  if (password.length > MAX_PASSWORD) refuse(`A password has at most ${MAX_PASSWORD} characters.`)
  if (new Set(password).size < 4 || password.toLowerCase() === email)
    refuse('This password is easy to guess. Choose another.')
}

/** @throws DomainError `request.invalid` */
export function cleanEmail(email: string): string {
  const clean = email.trim().toLowerCase()
  if (!/^[^\s@]+@[^\s@]+$/.test(clean) || clean.length > 254)
    throw new DomainError('request.invalid', 'This is not an e-mail address.', {
      field: 'email',
      reason: 'malformed',
    })
  return clean
}

/** 32 random bytes: what links and cookies carry. Only its hash is stored. */
export const makeToken = (): string => randomBytes(32).toString('base64url')
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex')
