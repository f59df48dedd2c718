import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { KILLS, REFUSED, WAITS } from '../../../../test/support/batch-parts.ts'
import type { EngineDescription } from '../../../ports/engine.ts'
import { forkedHosts } from './forked-host.ts'
import { createPool, type EnginePool } from './pool.ts'

const HOST = new URL('../../../../test/support/batch-host.ts', import.meta.url)
const never = new AbortController().signal
const description: EngineDescription = {
  model: 'counting',
  family: 'whisper',
  standIn: false,
  maxPartSeconds: 28,
  splitter: 'energy',
  wordTimes: false,
  translates: false,
  prompts: false,
  languages: null,
}

let dir: string
let pool: EnginePool
let begun: string
let goOn: string
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'earshot-batches-'))
  begun = join(dir, 'begun')
  goOn = join(dir, 'go-on')
  pool = createPool({
    description,
    slots: 1,
    batch: 4,
    startHost: forkedHosts(HOST, { begun, goOn }),
    restartBaseMs: 1,
  })
  await pool.start()
})
afterEach(async () => {
  await pool.close(0)
  rmSync(dir, { recursive: true, force: true })
})

const hear = (id: number, signal = never): Promise<string> =>
  pool.recognise(Int16Array.of(id), {}, signal).then(({ text }) => text)
const all = async (...ids: number[]): Promise<string[]> =>
  (await Promise.allSettled(ids.map((id) => hear(id)))).map((end) =>
    end.status === 'fulfilled' ? end.value : (end.reason as { code: string }).code,
  )

describe('a pool that works in batches', () => {
  it('takes as many as its slots take together', () => {
    expect(pool.places).toBe(4)
    expect(pool.slots).toBe(1)
  })

  it('hands over what waits together, in its order, and makes no part wait for a full batch', async () => {
    expect(await all(1, 2, 3, 4, 5, 6)).toEqual(['1 of 4', '2 of 4', '3 of 4', '4 of 4', '5 of 2', '6 of 2'])
    expect(await all(7)).toEqual(['7 of 1'])
  })

  it('gathers what comes while it works', async () => {
    const first = hear(WAITS)
    await expect.poll(() => existsSync(begun)).toBe(true)
    const later = [hear(1), hear(2), hear(3)]
    writeFileSync(goOn, '')
    expect(await first).toBe(`${WAITS} of 1`)
    expect(await Promise.all(later)).toEqual(['1 of 3', '2 of 3', '3 of 3'])
  })

  it('blames only the part that ends its process: the others are tried one by one', async () => {
    expect(await all(1, KILLS, 2, 3, 4)).toEqual(['1 of 1', 'crashed', '2 of 1', '3 of 1', '4 of 1'])
    expect(await all(5, 6)).toEqual(['5 of 2', '6 of 2'])
  })

  it('finds each of several that do', async () => {
    expect(await all(KILLS, 1, KILLS, 2)).toEqual(['crashed', '1 of 1', 'crashed', '2 of 1'])
  })

  it('refuses one part, and hears the others, with the same process', async () => {
    const { pid } = pool.slotStates()[0]!
    expect(await all(1, REFUSED, 2)).toEqual(['1 of 1', 'failed', '2 of 1'])
    expect(pool.slotStates()[0]!.pid).toBe(pid)
  })

  it('lets one part be taken back, and gives the others what they asked for', async () => {
    const abort = new AbortController()
    const parts = [hear(1), hear(2, abort.signal), hear(WAITS)]
    await expect.poll(() => existsSync(begun)).toBe(true)
    abort.abort(new Error('enough'))
    await expect(parts[1]).rejects.toThrow('enough')
    writeFileSync(goOn, '')
    expect(await parts[0]).toBe('1 of 3')
    expect(await parts[2]).toBe(`${WAITS} of 3`)
    expect(await all(3)).toEqual(['3 of 1'])
  })

  it('does not try again what was taken back when its process dies', async () => {
    const abort = new AbortController()
    const parts = [hear(1), hear(2, abort.signal), hear(WAITS)]
    const taken = expect(parts[1]).rejects.toThrow('enough')
    await expect.poll(() => existsSync(begun)).toBe(true)
    abort.abort(new Error('enough'))
    process.kill(pool.slotStates()[0]!.pid!, 'SIGKILL')
    writeFileSync(goOn, '')
    await taken
    expect(await parts[0]).toBe('1 of 1')
    expect(await parts[2]).toBe(`${WAITS} of 1`)
  })
})
