import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { toneAudio, WORDS, writeToneModel } from '../../../../test/support/tone.ts'
import { EngineError } from '../../../ports/engine.ts'
import { ToolKilled } from '../../../processes/killed.ts'
import { sherpaHosts } from '../sherpa/hosts.ts'
import { loadModelFolder, type ModelFolder } from '../sherpa/model-folder.ts'
import type { EngineHost, StartHost } from './host.ts'
import { createPool, type EnginePool, type PoolOptions } from './pool.ts'

let dir: string
let folder: ModelFolder
const pools: EnginePool[] = []
const never = new AbortController().signal

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'earshot-pool-'))
  folder = loadModelFolder(writeToneModel(join(dir, 'tone')))
})
afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close(0)))
})
afterAll(() => rmSync(dir, { recursive: true, force: true }))

interface Watched {
  pool: EnginePool
  hosts: EngineHost[]
  troubles: string[]
}

/** A pool of real engine processes, each of which is handed to `onPart` when it gets a part. */
function watchedPool(
  options: Partial<PoolOptions> = {},
  onPart: (host: EngineHost, nth: number) => void = () => {},
): Watched {
  const hosts: EngineHost[] = []
  const troubles: string[] = []
  const start = sherpaHosts({ folder, threads: 1 })
  let parts = 0
  const startHost: StartHost = async (signal) => {
    const host = await start(signal)
    hosts.push(host)
    return {
      ...host,
      recognise(given) {
        parts += 1
        onPart(host, parts)
        return host.recognise(given)
      },
    }
  }
  const pool = createPool({
    description: folder.description,
    slots: 1,
    startHost,
    restartBaseMs: 1,
    onTrouble: (message) => troubles.push(message),
    ...options,
  })
  pools.push(pool)
  return { pool, hosts, troubles }
}

const says = (word: (typeof WORDS)[number], seconds = 1) => toneAudio([{ word, at: 0.3 }], seconds)
const alive = (pid: number | null): boolean => {
  if (pid === null) return false
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
/** As if the machine slept: nothing of this process goes on, and its timers are all due when it wakes. */
const sleep = (ms: number): void => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
const stop = (host: EngineHost) => process.kill(host.pid!, 'SIGSTOP')
const kill9 = (host: EngineHost) => process.kill(host.pid!, 'SIGKILL')

describe('a pool of engine processes', () => {
  it('recognises more parts than it has slots, each as itself', async () => {
    const { pool, hosts } = watchedPool({ slots: 2 })
    await pool.start()
    const parts = [...WORDS, ...WORDS]
    const results = await Promise.all(parts.map((word) => pool.recognise(says(word), {}, never)))
    expect(results.map((result) => result.text)).toEqual(parts)
    expect(hosts.length).toBeLessThanOrEqual(2)
  })

  it('gives the words their times', async () => {
    const { pool } = watchedPool()
    await pool.start()
    const { words } = await pool.recognise(toneAudio([{ word: 'four', at: 1.5 }]), {}, never)
    expect(words).toHaveLength(1)
    expect(words![0]!.word).toBe('four')
    expect(Math.abs(words![0]!.start - 1.5)).toBeLessThan(0.06)
    expect(words![0]!.end).toBeGreaterThan(words![0]!.start)
  })

  it('hides that a process was killed in the middle of a part, but logs it with the ids of the recording', async () => {
    const { pool, hosts, troubles } = watchedPool({}, (host, nth) => nth === 1 && kill9(host))
    await pool.start()
    const about = 'tj_seven (req_seven)'
    expect((await pool.recognise(says('seven'), { about }, never)).text).toBe('seven')
    expect(troubles).toEqual([
      expect.stringMatching(/^engine process \d+ .*, with parts of tj_seven \(req_seven\)$/),
    ])
    expect(hosts).toHaveLength(2)
    expect(pool.slotStates()[0]!.restarts).toBe(1)
  })

  it('gives up a part that kills two processes, and no other', async () => {
    const { pool } = watchedPool({}, (host, nth) => nth <= 2 && process.kill(host.pid!, 'SIGSEGV'))
    await pool.start()
    const first = pool.recognise(says('one'), {}, never)
    const second = pool.recognise(says('two'), {}, never)
    await expect(first).rejects.toMatchObject({ name: 'EngineError', code: 'crashed' })
    expect((await second).text).toBe('two')
  })

  it('does not blame a part for what somebody else does to its process, until that happens too often', async () => {
    const { pool } = watchedPool({}, (host, nth) => (nth <= 2 || nth > 3) && kill9(host))
    await pool.start()
    expect((await pool.recognise(says('six'), {}, never)).text).toBe('six')
    await expect(pool.recognise(says('one'), {}, never)).rejects.toMatchObject({
      code: 'crashed',
      message: expect.stringContaining('memory'),
    })
  })

  it('blames no part while processes are killed that work on nothing, too', async () => {
    const start = sherpaHosts({ folder, threads: 1 })
    let kills = 0
    let nextDies = false
    const { pool } = watchedPool({
      startHost: async (signal) => {
        if (nextDies) {
          nextDies = false
          throw new ToolKilled('the engine process', 'killed by SIGKILL')
        }
        const host = await start(signal)
        return {
          ...host,
          recognise(given) {
            if (kills < 6) {
              kills += 1
              nextDies = true
              kill9(host)
            }
            return host.recognise(given)
          },
        }
      },
    })
    await pool.start()
    expect((await pool.recognise(says('six'), {}, never)).text).toBe('six')
    expect(kills).toBe(6)
  })

  it('kills a process that hangs, and tries its part on another', async () => {
    const { pool, hosts } = watchedPool(
      { deadline: { baseMs: 300, factor: 0 } },
      (host, nth) => nth === 1 && stop(host),
    )
    await pool.start()
    expect((await pool.recognise(says('nine'), {}, never)).text).toBe('nine')
    expect(await hosts[0]!.ended).toBe('killed by SIGKILL')
  })

  it('takes no process for hung because this one slept', async () => {
    const { pool, hosts, troubles } = watchedPool({ deadline: { baseMs: 2_000, factor: 0 } }, () =>
      sleep(4_000),
    )
    await pool.start()
    expect((await pool.recognise(says('nine'), {}, never)).text).toBe('nine')
    expect([hosts.length, troubles]).toEqual([1, []])
  })

  it('says that a part hung when it hung twice', async () => {
    const { pool } = watchedPool(
      { deadline: { baseMs: 300, factor: 0 } },
      (host, nth) => nth <= 2 && stop(host),
    )
    await pool.start()
    await expect(pool.recognise(says('one'), {}, never)).rejects.toMatchObject({ code: 'hung' })
    expect((await pool.recognise(says('two'), {}, never)).text).toBe('two')
  })

  it('starts a process again that dies while nothing is to do', async () => {
    const { pool, hosts } = watchedPool()
    await pool.start()
    kill9(hosts[0]!)
    await hosts[0]!.ended
    expect((await pool.recognise(says('three'), {}, never)).text).toBe('three')
  })

  it('refuses a part that is too long, and goes on with the same process', async () => {
    const { pool, hosts } = watchedPool()
    await pool.start()
    const tooLong = new Int16Array(40 * 16_000)
    await expect(pool.recognise(tooLong, {}, never)).rejects.toMatchObject({ code: 'failed' })
    expect((await pool.recognise(says('five'), {}, never)).text).toBe('five')
    expect(hosts).toHaveLength(1)
  })
})

describe('aborting', () => {
  it('takes a waiting part out of the queue', async () => {
    const { pool } = watchedPool()
    await pool.start()
    const abort = new AbortController()
    const before = pool.recognise(says('one'), {}, never)
    const waiting = pool.recognise(says('two'), {}, abort.signal)
    const after = pool.recognise(says('three'), {}, never)
    abort.abort(new Error('enough'))
    await expect(waiting).rejects.toThrow('enough')
    expect([(await before).text, (await after).text]).toEqual(['one', 'three'])
  })

  it('drops the result of a running part without killing its process', async () => {
    const abort = new AbortController()
    const { pool, hosts } = watchedPool({}, (_, nth) => nth === 1 && abort.abort(new Error('enough')))
    await pool.start()
    await expect(pool.recognise(says('one'), {}, abort.signal)).rejects.toThrow('enough')
    expect((await pool.recognise(says('two'), {}, never)).text).toBe('two')
    expect(hosts).toHaveLength(1)
  })

  it('does not try an aborted part again when its process dies', async () => {
    const abort = new AbortController()
    let tried = 0
    const { pool } = watchedPool({}, (host, nth) => {
      tried = nth
      if (nth > 1) return
      abort.abort(new Error('enough'))
      kill9(host)
    })
    await pool.start()
    await expect(pool.recognise(says('one'), {}, abort.signal)).rejects.toThrow('enough')
    expect((await pool.recognise(says('two'), {}, never)).text).toBe('two')
    expect(tried).toBe(2)
  })

  it('does not take a part whose signal has aborted', async () => {
    const { pool } = watchedPool()
    await pool.start()
    await expect(pool.recognise(says('one'), {}, AbortSignal.abort(new Error('before')))).rejects.toThrow(
      'before',
    )
  })
})

describe('starting', () => {
  it('says which file is no model, and leaves no process', async () => {
    const broken = loadModelFolder(writeToneModel(join(dir, 'broken')))
    writeFileSync(join(dir, 'broken', 'tone.onnx'), 'not a model')
    const { pool } = watchedPool({ startHost: sherpaHosts({ folder: broken, threads: 1 }) })
    const error = await pool.start().catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(EngineError)
    expect(error).toMatchObject({ code: 'unavailable' })
    expect((error as Error).message).toMatch(/tone\.onnx|Protobuf/)
    expect(pool.slotStates()).toMatchObject([{ state: 'down', pid: null }])
    await expect(pool.recognise(says('one'), {}, never)).rejects.toMatchObject({ code: 'unavailable' })
  })

  it('keeps parts while its processes are killed as they start', async () => {
    const start = sherpaHosts({ folder, threads: 1 })
    let starts = 0
    const { pool, hosts, troubles } = watchedPool({
      startHost: async (signal) => {
        starts += 1
        if (starts > 1 && starts < 8) throw new ToolKilled('the engine process', 'killed by SIGKILL')
        const host = await start(signal)
        if (starts === 1) void host.ping().then(() => kill9(host))
        return host
      },
    })
    await pool.start()
    await expect.poll(() => starts, { timeout: 30_000 }).toBeGreaterThan(2)
    expect((await pool.recognise(says('two'), {}, never)).text).toBe('two')
    expect([starts, hosts.length]).toEqual([8, 0])
    expect(troubles.at(-1)).toContain('killed from outside')
  })

  it('fails waiting parts when processes cannot be started any more, and recovers when they can', async () => {
    let allowed = true
    const start = sherpaHosts({ folder, threads: 1 })
    const started: EngineHost[] = []
    const { pool, troubles } = watchedPool({
      startHost: async (signal) => {
        if (!allowed) throw new Error('no memory')
        const host = await start(signal)
        started.push(host)
        return host
      },
    })
    await pool.start()
    allowed = false
    kill9(started[0]!)
    await started[0]!.ended
    await expect(pool.recognise(says('one'), {}, never)).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('no memory'),
    })
    await expect(pool.probe(0)).rejects.toMatchObject({ code: 'unavailable' })
    expect(troubles).not.toEqual([])
    allowed = true
    await expect.poll(() => pool.slotStates()[0]!.state, { timeout: 30_000 }).toBe('idle')
    expect((await pool.recognise(says('two'), {}, never)).text).toBe('two')
  })
})

describe('probing', () => {
  it('resolves when an idle process answers', async () => {
    const { pool } = watchedPool()
    await pool.start()
    await pool.probe(0)
  })

  it('counts a process that is busy within its deadline as answering', async () => {
    const { pool, hosts } = watchedPool({}, (host) => stop(host))
    await pool.start()
    const part = pool.recognise(says('one'), {}, never)
    await pool.probe(0)
    process.kill(hosts[0]!.pid!, 'SIGCONT')
    await part
  })

  it('fails when the only process is idle and does not answer', async () => {
    const { pool, hosts } = watchedPool({ probeTimeoutMs: 100 })
    await pool.start()
    stop(hosts[0]!)
    await expect(pool.probe(0)).rejects.toMatchObject({ code: 'unavailable' })
    await pool.probe(60_000)
  })
})

describe('ending', () => {
  it('lets a running part finish within the grace, and rejects those that wait', async () => {
    const { pool, hosts } = watchedPool()
    await pool.start()
    const running = pool.recognise(says('one', 20), {}, never)
    const waiting = pool.recognise(says('two'), {}, never)
    const rejected = expect(waiting).rejects.toMatchObject({ code: 'unavailable' })
    await pool.close(30_000)
    expect((await running).text).toBe('one')
    await rejected
    expect(hosts.map((host) => alive(host.pid))).toEqual([false])
    await expect(pool.recognise(says('one'), {}, never)).rejects.toMatchObject({ code: 'unavailable' })
  })

  it('ends a process that does not finish within the grace', async () => {
    const { pool, hosts } = watchedPool({}, (host) => stop(host))
    await pool.start()
    const running = expect(pool.recognise(says('one'), {}, never)).rejects.toMatchObject({
      code: 'unavailable',
    })
    await pool.close(50)
    await running
    expect(hosts.map((host) => alive(host.pid))).toEqual([false])
  })

  it('ends processes that are still starting', async () => {
    const { pool } = watchedPool({ slots: 3 })
    const starting = pool.start().catch(() => {})
    await pool.close(0)
    await starting
    expect(pool.slotStates().every((slot) => slot.state === 'down' || !alive(slot.pid))).toBe(true)
  })

  it('leaves no process behind when the server is killed', async () => {
    const server = join(dir, 'server.mts')
    const source = (path: string) => JSON.stringify(new URL(path, import.meta.url).pathname)
    writeFileSync(
      server,
      `import { sherpaHosts } from ${source('../sherpa/hosts.ts')}
       import { loadModelFolder } from ${source('../sherpa/model-folder.ts')}
       const host = await sherpaHosts({ folder: loadModelFolder(${JSON.stringify(folder.dir)}), threads: 1 })(
         new AbortController().signal)
       void host.recognise(new Int16Array(16000 * 29), {})
       console.log(host.pid)
       process.kill(process.pid, 'SIGKILL')`,
    )
    let output = ''
    try {
      execFileSync(process.execPath, ['--import', 'tsx', server], { stdio: ['ignore', 'pipe', 'inherit'] })
    } catch (error) {
      output = String((error as { stdout: Buffer }).stdout)
    }
    const pid = Number(output)
    expect(pid).toBeGreaterThan(1)
    await expect.poll(() => alive(pid), { timeout: 30_000 }).toBe(false)
  })
})
