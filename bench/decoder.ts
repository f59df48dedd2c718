/** One part through the bare engine: with the model's own decoder, and with the lighter one made of it. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decodeWhole } from '../src/pipeline/decode.ts'
import { startBareEngine } from './bare-engine.ts'
import { lighterModel, speech, whisperModel } from './material.ts'
import { alternate, median, table, timed } from './measure.ts'
import type { Size } from './scripted-whisper.ts'

const SIZES: Size[] = ['tiny', 'base', 'small']
const PARTS = [7, 15]
const ROUNDS = 7

export async function decoder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'earshot-bench-'))
  try {
    const rows: string[][] = []
    for (const size of SIZES) for (const seconds of PARTS) rows.push(await compare(dir, size, seconds))
    return table(['model', 'part', 'its own decoder, ms', 'the lighter one, ms', 'ratio'], rows)
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}

async function compare(dir: string, size: Size, seconds: number): Promise<string[]> {
  const model = await whisperModel(size, 'int8', seconds)
  const part = join(dir, `${seconds}.pcm`)
  await writeFile(part, await decodeWhole(await speech(seconds)))
  const own = await startBareEngine(model, 1)
  const lighter = await startBareEngine(model, 1, (await lighterModel(model)).files)
  try {
    const values = await alternate(ROUNDS, {
      own: () => timed(() => own.recognise([part])),
      lighter: () => timed(() => lighter.recognise([part])),
    })
    const [a, b] = [median(values.own), median(values.lighter)]
    return [size, `${seconds} s`, a.toFixed(0), b.toFixed(0), (b / a).toFixed(2)]
  } finally {
    own.close()
    lighter.close()
  }
}
