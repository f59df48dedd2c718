/**
 * An engine process for tests of the pool, with `serve-host.ts` itself in it. What it does with a part stands in the
 * part's first sample; what it hears is that number, and how many parts it was given together.
 */
import { existsSync, writeFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { serveBatches } from '../../src/adapters/engine/supervision/serve-host.ts'
import { type BatchConfig, KILLS, REFUSED, WAITS } from './batch-parts.ts'

serveBatches<BatchConfig>(async ({ begun, goOn }) => async (parts) => {
  const ids = parts.map(({ pcm }) => pcm[0]!)
  if (ids.includes(KILLS)) process.kill(process.pid, 'SIGSEGV')
  if (ids.includes(REFUSED)) throw new Error('not this one')
  if (ids.includes(WAITS)) {
    writeFileSync(begun, '')
    while (!existsSync(goOn)) await pause(10)
  }
  return ids.map((id) => ({ text: `${id} of ${ids.length}` }))
})
