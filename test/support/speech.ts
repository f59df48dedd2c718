import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What `test/fixtures/speech` says of a recording. */
export interface KnownSpeech {
  text: string
  seconds: number
  parts?: { start: number; end: number; text: string; words: { w: string; start: number; end: number }[] }[]
}

export const fixture = (file: string): string => join(import.meta.dirname, '../fixtures/speech', file)

/** A recording of `test/fixtures/speech`, or any other file, as PCM. */
export function spokenPcm(name: 'jfk' | 'librivox' | (string & {})): Int16Array {
  const path = name.includes('/') ? name : fixture(`${name}.flac`)
  const args = ['-nostdin', '-v', 'error', '-i', path, '-ar', '16000', '-ac', '1', '-f', 's16le', '-']
  const raw = execFileSync('ffmpeg', args, { maxBuffer: 2 ** 30 })
  return new Int16Array(new Uint8Array(raw).buffer)
}

export const knownSpeech = (name: 'jfk' | 'librivox'): KnownSpeech =>
  JSON.parse(readFileSync(fixture(`${name}.json`), 'utf8'))
