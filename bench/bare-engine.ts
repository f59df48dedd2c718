import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { loadModelFolder, type ModelFolder } from '../src/adapters/engine/sherpa/model-folder.ts'
import { createSpeechDetector } from '../src/adapters/speech-detector/index.ts'
import { decode } from '../src/pipeline/decode.ts'
import { splitParts } from '../src/pipeline/split/index.ts'

/** sherpa-onnx in as many processes as Earshot has slots, and nothing around it. */
export interface BareEngine {
  /** Recognises parts that lie on disk as PCM, each process taking the next as soon as it is free. */
  recognise(parts: readonly string[]): Promise<void>
  close(): void
}

/** @param files in the place of the model's own */
export async function startBareEngine(
  model: string,
  slots: number,
  files: ModelFolder['files'] = {},
): Promise<BareEngine> {
  const args = [model, JSON.stringify(files)]
  const children = Array.from({ length: slots }, () =>
    fork(join(import.meta.dirname, 'bare-engine-host.ts'), args, { execArgv: ['--import', 'tsx'] }),
  )
  await Promise.all(children.map((child) => once(child, 'message')))
  return {
    async recognise(parts) {
      const rest = [...parts]
      const work = async (child: ChildProcess): Promise<void> => {
        for (let part = rest.shift(); part; part = rest.shift()) {
          const done = once(child, 'message')
          child.send(part)
          await done
        }
      }
      await Promise.all(children.map(work))
    },
    close() {
      for (const child of children) child.disconnect()
    },
  }
}

/** The very parts that Earshot cuts a recording into, as files of PCM. */
export async function partsOnDisk(
  recording: string,
  model: string,
  dir: string,
  sharedSeconds?: number,
): Promise<string[]> {
  const { splitter, maxPartSeconds } = loadModelFolder(model).description
  const detector = createSpeechDetector()
  await mkdir(dir, { recursive: true })
  const paths: string[] = []
  try {
    for await (const { index, pcm } of splitParts(decode(recording), {
      splitter,
      maxPartSeconds,
      detector,
      sharedSeconds,
    })) {
      const path = join(dir, `${index}.pcm`)
      await writeFile(path, Buffer.from(pcm.buffer, pcm.byteOffset, pcm.byteLength))
      paths.push(path)
    }
  } finally {
    await detector.close()
  }
  return paths
}
