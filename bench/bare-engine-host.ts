/** A process that does nothing but recognise, in batches: what Earshot is measured against. */
import { readFileSync } from 'node:fs'
import { availableParallelism, setPriority } from 'node:os'
import { deserialize } from 'node:v8'
import { loadWhisperFolder } from '../src/adapters/engine/whisper/folder.ts'
import { WHISPER_BATCH } from '../src/adapters/engine/whisper/hosts.ts'
import { loadListener } from '../src/adapters/engine/whisper/listener.ts'

// As polite as Earshot’s own engine processes, or a busy machine would favour this one.
setPriority(5)
const [model, graphsDir] = process.argv.slice(2) as [string, string]
const config = { folder: loadWhisperFolder(model), graphsDir, threads: availableParallelism() }
const hear = await loadListener(config, (line) => console.error(line))
process.on('message', async (paths: string[]) => {
  for (let at = 0; at < paths.length; at += WHISPER_BATCH) {
    await hear(paths.slice(at, at + WHISPER_BATCH).map((path) => deserialize(readFileSync(path))))
  }
  process.send!('done')
})
process.on('disconnect', () => process.exit())
process.send!('ready')
