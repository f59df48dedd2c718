#!/usr/bin/env node
/**
 * Makes samples/hello.flac, the recording that a first `curl` is tried with: flite's voice rms (16 kHz), with
 * words that even the stand-in engine hears. The result is kept in the repository: nothing needs flite to start.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from './lib/run.mjs'

const SENTENCES =
  'Good morning. This is the first recording that we made for you today. The children went to school in the morning and came home in the afternoon.'

const dir = mkdtempSync(join(tmpdir(), 'earshot-sample-'))
try {
  const spoken = join(dir, 'spoken.wav')
  const target = join(root, 'samples/hello.flac')
  execFileSync('flite', ['-voice', 'rms', '-t', SENTENCES, '-o', spoken])
  const format = ['-ar', '16000', '-ac', '1', '-sample_fmt', 's16', '-compression_level', '12', '-bitexact']
  execFileSync('ffmpeg', ['-nostdin', '-v', 'error', '-y', '-i', spoken, ...format, target])
} finally {
  rmSync(dir, { recursive: true, force: true })
}
