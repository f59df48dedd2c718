import { spawn } from 'node:child_process'
import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Recognition } from '../../../ports/engine.ts'
import type { Recognise } from '../supervision/serve-host.ts'
import type { PocketSphinx } from './find.ts'
import { parseContinuous, parseSingle } from './parse.ts'

/** Checks that PocketSphinx loads its model, and gives a function that runs it once a part. */
export async function loadRecogniser(sphinx: PocketSphinx): Promise<Recognise> {
  await run(sphinx, new Int16Array(0))
  return (pcm, options) => {
    if (options.language !== undefined && options.language !== 'en') {
      return Promise.reject(new Error('PocketSphinx, the stand-in, knows English only'))
    }
    if (options.task === 'translate') return Promise.reject(new Error('PocketSphinx does not translate'))
    return run(sphinx, pcm)
  }
}

async function run(sphinx: PocketSphinx, pcm: Int16Array): Promise<Recognition> {
  const sound = await namelessFile(pcm)
  try {
    const stdout = await output(commandLine(sphinx), sound.fd)
    return sphinx.kind === 'single' ? parseSingle(stdout) : parseContinuous(stdout)
  } finally {
    await sound.close()
  }
}

/**
 * An open file with the PCM whose name is gone before anything is in it, so nothing of a recording can be
 * left on the disk. (PocketSphinx opens its stdin by name, which it cannot do with Node's sockets.)
 */
async function namelessFile(pcm: Int16Array): Promise<FileHandle> {
  const dir = await mkdtemp(join(tmpdir(), 'earshot-part-'))
  try {
    const file = await open(join(dir, 'part.raw'), 'wx+', 0o600)
    await rm(dir, { recursive: true })
    await file.writeFile(Buffer.from(pcm.buffer, pcm.byteOffset, pcm.byteLength))
    return file
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}

function output([command, ...args]: string[], stdin: number): Promise<string> {
  const child = spawn(command!, args, { stdio: [stdin, 'pipe', 'pipe'] })
  let stdout = ''
  let complaint = ''
  child.stdout!.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk
  })
  child.stderr!.setEncoding('utf8').on('data', (chunk: string) => {
    complaint ||= /^(?:ERROR|FATAL).*$/m.exec(chunk)?.[0] ?? ''
  })
  return new Promise((resolve, reject) => {
    child.once('error', (error) => reject(new Error(`PocketSphinx cannot be started: ${error.message}`)))
    child.once('close', (code, signal) => {
      if (code === 0) resolve(stdout)
      else reject(new Error(`PocketSphinx ended with ${signal ?? code}${complaint ? `: ${complaint}` : ''}`))
    })
  })
}

function commandLine({ kind, command, modelDir, setpriv }: PocketSphinx): string[] {
  const model = [
    ['-hmm', join(modelDir, 'en-us')],
    ['-lm', join(modelDir, 'en-us.lm.bin')],
    ['-dict', join(modelDir, 'cmudict-en-us.dict')],
  ].flat()
  const run =
    kind === 'single'
      ? [command, ...model, 'single', '-']
      : [command, ...model, '-infile', '/dev/stdin', '-time', 'yes']
  // Without its parent it would work on for a while for nobody.
  return setpriv ? [setpriv, '--pdeathsig', 'KILL', '--', ...run] : run
}
