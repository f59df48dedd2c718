import { expect, it } from 'vitest'
import { prefersEvents } from './accept.ts'

it.each([
  [undefined, false],
  ['', false],
  ['*/*', false],
  ['application/json', false],
  ['text/event-stream', true],
  ['Text/Event-Stream; charset=utf-8', true],
  ['text/event-stream, application/json', true],
  ['application/json, text/event-stream', false],
  ['application/json;q=0.5, text/event-stream', true],
  ['text/event-stream;q=0.4, application/json;q=0.5', false],
  ['text/event-stream;q=0', false],
  ['text/event-stream;q=0.0, */*', false],
  ['text/event-stream;q=abc', false],
  ['text/event-streams', false],
  ['*/*;q=0.1, text/event-stream;q=0.9', true],
])('%s', (header, events) => expect(prefersEvents(header)).toBe(events))
