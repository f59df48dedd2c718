import { expect, it } from 'vitest'
import { fileName, withJson } from './send-transcript.ts'

it.each([
  ['Interview.mp3', 'Interview'],
  ['AC/DC live', 'AC_DC live'],
  ['../../etc/passwd', '.._.._etc_passwd'],
  ['..\\..\\boot.ini', '.._.._boot'],
])('a file of %s is called %s', (title, name) => {
  expect(fileName(title)).toBe(name)
})

it('puts JSON into JSON', () => {
  expect(JSON.parse(withJson({ a: 1 }, 'b', Buffer.from('[2]')).toString())).toEqual({ a: 1, b: [2] })
  expect(withJson({}, 'b', Buffer.from('null')).toString()).toBe('{"b":null}')
})
