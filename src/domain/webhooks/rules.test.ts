import { Webhook } from 'standardwebhooks'
import { describe, expect, it } from 'vitest'
import { ATTEMPTS, judge, nextWait } from './rules.ts'
import { newSecret, signatures } from './sign.ts'

describe('a signature', () => {
  const body = JSON.stringify({ type: 'transcription.succeeded', data: { id: 'tj_1', title: 'Größe ✓' } })
  const headersFor = (secrets: string[], timestamp = Math.floor(Date.now() / 1000)) => ({
    'webhook-id': 'evt_1',
    'webhook-timestamp': String(timestamp),
    'webhook-signature': signatures({ id: 'evt_1', timestamp, body }, secrets),
  })

  it('is what the specification’s own library accepts', () => {
    const secret = newSecret()
    expect(new Webhook(secret).verify(body, headersFor([secret]))).toEqual(JSON.parse(body))
    expect(() => new Webhook(newSecret()).verify(body, headersFor([secret]))).toThrow()
    expect(() => new Webhook(secret).verify(`${body} `, headersFor([secret]))).toThrow()
  })

  it('is there twice while the secret changes', () => {
    const secrets = [newSecret(), newSecret()]
    for (const secret of secrets) expect(new Webhook(secret).verify(body, headersFor(secrets))).toBeTruthy()
  })
})

describe('attempts', () => {
  it('come ever later, for days, and then end', () => {
    const waits = Array.from({ length: ATTEMPTS - 1 }, (_, k) => nextWait(k + 1, 0)!)
    expect(waits).toEqual([...waits].sort((a, b) => a - b))
    expect(waits.reduce((a, b) => a + b) / 86_400_000).toBeGreaterThan(3)
    expect(nextWait(ATTEMPTS, 0)).toBeNull()
  })

  it('obey Retry-After, within a day', () => {
    expect(nextWait(1, 0, 60_000)).toBe(60_000)
    expect(nextWait(1, 0, 1e12)).toBe(86_400_000)
    expect(nextWait(2, 0.5, 1)).toBe(330_000)
  })

  it('are over with 2xx or 410; everything else is tried again', () => {
    expect([200, 204, 301, 302, 400, 404, 410, 429, 500].map(judge)).toEqual([
      'succeeded',
      'succeeded',
      'again',
      'again',
      'again',
      'again',
      'gone',
      'again',
      'again',
    ])
  })
})
