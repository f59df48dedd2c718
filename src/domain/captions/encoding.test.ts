import { describe, expect, test } from 'vitest'
import { decodeText } from './encoding.ts'
import { parseCaptions } from './parse.ts'

const srt = (text: string): string => `1\r\n00:00:00,000 --> 00:00:01,000\r\n${text}\r\n`
const utf16le = (text: string): Buffer => Buffer.from(text, 'utf16le')
const said = (bytes: Buffer, from: { charset?: string; language: string }): string | undefined =>
  parseCaptions('srt', decodeText(bytes, from))[0]?.text
/** With the text's bytes in another encoding. */
const file = (...bytes: number[]): Buffer => {
  const [before, after] = srt('|').split('|')
  return Buffer.concat([Buffer.from(before!), Buffer.from(bytes), Buffer.from(after!)])
}

describe('the text of a caption file', () => {
  test.each([
    ['UTF-8', Buffer.from(srt('¿Qué? 日本')), 'es', '¿Qué? 日本'],
    ['UTF-8 with its mark', Buffer.from(`\ufeff${srt('¿Qué?')}`), 'es', '¿Qué?'],
    ['UTF-16', utf16le(`\ufeff${srt('Привет')}`), 'ru', 'Привет'],
    ['UTF-16, the higher byte first', utf16le(`\ufeff${srt('Привет')}`).swap16(), 'ru', 'Привет'],
    ['UTF-16 without a mark', utf16le(srt('Привет')), 'ru', 'Привет'],
    ['UTF-16 without a mark, the higher byte first', utf16le(srt('日本')).swap16(), 'ja', '日本'],
    ['Windows’ western European', file(0xbf, 0x51, 0x75, 0xe9, 0x3f, 0x92), 'es', '¿Qué?’'],
    ['Windows’ Cyrillic', file(0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2), 'ru', 'Привет'],
    ['Windows’ central European', file(0xb9, 0xea, 0xb3), 'pl', 'ąęł'],
    ['Windows’ Japanese', file(0x93, 0xfa, 0x96, 0x7b), 'ja', '日本'],
    ['Windows’ Hebrew', file(0xf9, 0xec, 0xe5, 0xed), 'he', 'שלום'],
  ])('in %s', (_, bytes, language, text) => {
    expect(said(bytes, { language })).toBe(text)
  })

  test('in what the server says, if it is not the UTF-8 that it says all the time', () => {
    const bytes = file(0xf0, 0xd2, 0xc9, 0xd7, 0xc5, 0xd4)
    expect(said(bytes, { charset: 'koi8-r', language: 'ru' })).toBe('Привет')
    expect(said(file(0xe9), { charset: 'utf-8', language: 'fr' })).toBe('é')
    expect(said(file(0xe9), { charset: 'no-such-thing', language: 'fr' })).toBe('é')
    expect(said(Buffer.from(srt('é')), { charset: 'iso-8859-1', language: 'fr' })).toBe('é')
  })
})
