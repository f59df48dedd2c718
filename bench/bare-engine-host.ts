/** A process that does nothing but call sherpa-onnx: what Earshot is measured against. */
import { readFileSync } from 'node:fs'
import { setPriority } from 'node:os'
import { loadModelFolder } from '../src/adapters/engine/sherpa/model-folder.ts'
import { loadRecogniser } from '../src/adapters/engine/sherpa/recogniser.ts'

// As polite as Earshot’s own engine processes, or a busy machine would favour this one.
setPriority(5)
const [model, files] = process.argv.slice(2) as [string, string]
const folder = loadModelFolder(model)
Object.assign(folder.files, JSON.parse(files))
const recognise = await loadRecogniser({ folder, threads: 1 })
process.on('message', async (path: string) => {
  const bytes = readFileSync(path)
  await recognise(new Int16Array(bytes.buffer, bytes.byteOffset, bytes.length >> 1), {})
  process.send!('done')
})
process.on('disconnect', () => process.exit())
process.send!('ready')
