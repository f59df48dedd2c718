import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { serialize } from 'node:v8'
import { loadWhisperFolder } from '../src/adapters/engine/whisper/folder.ts'
import { createSpeechDetector } from '../src/adapters/speech-detector/index.ts'
import { decode } from '../src/pipeline/decode.ts'
import { splitParts } from '../src/pipeline/split/index.ts'
import { CACHE } from './material.ts'

/** Recognition in a process of its own with all cores, as Earshot has it, and nothing around it. */
export interface BareEngine {
  /** Recognises parts that lie on disk. */
  recognise(parts: readonly string[]): Promise<void>
  close(): void
}

export async function startBareEngine(model: string): Promise<BareEngine> {
  const args = [model, join(CACHE, 'graphs')]
  const child = fork(join(import.meta.dirname, 'bare-engine-host.ts'), args, {
    execArgv: ['--import', 'tsx'],
    serialization: 'advanced',
  })
  await once(child, 'message')
  return {
    async recognise(parts) {
      const done = once(child, 'message')
      child.send([...parts])
      await done
    },
    close() {
      child.disconnect()
    },
  }
}

/** The very parts that Earshot cuts a recording into, each a file with its PCM and what the voice detector said of it. */
export async function partsOnDisk(recording: string, model: string, dir: string): Promise<string[]> {
  const { splitter, maxPartSeconds, targetPartSeconds, longestPauseSeconds } =
    loadWhisperFolder(model).description
  const detector = createSpeechDetector()
  await mkdir(dir, { recursive: true })
  const paths: string[] = []
  try {
    const parts = splitParts(decode(recording), {
      splitter,
      maxPartSeconds,
      targetSeconds: targetPartSeconds,
      longestPauseSeconds,
      early: false,
      detector,
    })
    for await (const { index, pcm, speech } of parts) {
      const path = join(dir, `${index}.part`)
      await writeFile(path, serialize({ pcm, options: { speech } }))
      paths.push(path)
    }
  } finally {
    await detector.close()
  }
  return paths
}
