import type { FastifyRequest } from 'fastify'
import { expect, test } from 'vitest'
import { originOf } from './origin.ts'

const of = (protocol: string, host: string, publicUrl?: string): string =>
  originOf(
    { publicUrl } as Parameters<typeof originOf>[0],
    {
      ...{ protocol, host, socket: { localAddress: '::1', localPort: 8080 } },
    } as unknown as FastifyRequest,
  )

test.each([
  ['http', 'example.org:8080', 'http://example.org:8080'],
  ['http', 'localhost:80', 'http://localhost'],
  ['https', 'Example.org:443', 'https://example.org'],
  ['https', '[2001:db8::1]:8443', 'https://[2001:db8::1]:8443'],
])('%s %s is believed', (protocol, host, origin) => {
  expect(of(protocol, host)).toBe(origin)
})

test.each(['', 'a b', 'a/b', 'a\\b', 'user@evil.org', 'a?b', 'a#b', 'a:99999', ':80'])(
  '“%s” is no name: the address that the client reached',
  (host) => {
    expect(of('http', host)).toBe('http://[::1]:8080')
  },
)

test('what the operator says comes first', () => {
  expect(of('http', 'example.org', 'https://earshot.example')).toBe('https://earshot.example')
})
