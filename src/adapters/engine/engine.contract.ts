import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Engine, EngineError } from '../../ports/engine.ts'

export interface EngineUnderTest {
  /** An engine with two slots that is up. */
  start(): Promise<Engine>
  /** A sound in which it hears these words, and the start of the first, seconds. */
  speech: { pcm: Int16Array; words: string[]; firstAt: number; tolerance: number }
}

/** What the port promises, checked on every implementation that runs on this machine. */
export function engineContract(name: string, under: () => EngineUnderTest): void {
  describe(`${name} keeps the promises of the engine port`, () => {
    const never = new AbortController().signal
    let engine: Engine
    beforeAll(async () => {
      engine = await under().start()
    })
    afterAll(() => engine?.close(0))

    it('describes itself', () => {
      const description = engine.describe()
      expect(description.model).not.toBe('')
      expect(description.maxPartSeconds).toBeGreaterThan(0)
      expect(engine.slots).toBe(2)
      expect(engine.slotStates()).toHaveLength(2)
    })

    it('hears words, with rising times within the part', async () => {
      const { pcm, words, firstAt, tolerance } = under().speech
      const heard = await engine.recognise(pcm, {}, never)
      for (const word of words) expect(heard.text.split(' ')).toContain(word)
      if (!engine.describe().wordTimes) return
      expect(heard.words!.map((each) => each.word).join(' ')).toBe(heard.text)
      expect(Math.abs(heard.words![0]!.start - firstAt)).toBeLessThan(tolerance)
      let before = 0
      for (const { start, end } of heard.words!) {
        expect(start).toBeGreaterThanOrEqual(before)
        expect(end).toBeGreaterThanOrEqual(start)
        expect(end).toBeLessThanOrEqual(pcm.length / 16_000 + 0.01)
        before = start
      }
    })

    it('hears the same in the same sound', async () => {
      const { pcm } = under().speech
      const [one, two] = await Promise.all([
        engine.recognise(pcm, {}, never),
        engine.recognise(pcm, {}, never),
      ])
      expect(two).toEqual(one)
    })

    it.each([0, 1, 160, 1600, 16_000])('hears nothing in %i samples of silence', async (samples) => {
      expect((await engine.recognise(new Int16Array(samples), {}, never)).text).toBe('')
    })

    it('works for all who wait, more than it has slots', async () => {
      const { pcm, words } = under().speech
      const results = await Promise.all(Array.from({ length: 5 }, () => engine.recognise(pcm, {}, never)))
      for (const { text } of results) expect(text).toContain(words[0])
    })

    it('leaves the PCM as it was', async () => {
      const { pcm } = under().speech
      const before = pcm.slice()
      await engine.recognise(pcm, {}, never)
      expect(pcm).toEqual(before)
    })

    it('answers a probe, idle and busy', async () => {
      await engine.probe(0)
      const busy = engine.recognise(under().speech.pcm, {}, never)
      await engine.probe(0)
      await busy
    })

    it('rejects with the reason of an abort', async () => {
      const { pcm } = under().speech
      const reason = new Error('no longer wanted')
      await expect(engine.recognise(pcm, {}, AbortSignal.abort(reason))).rejects.toBe(reason)
      const abort = new AbortController()
      const running = engine.recognise(pcm, {}, abort.signal)
      abort.abort(reason)
      await expect(running).rejects.toBe(reason)
      expect((await engine.recognise(pcm, {}, never)).text).not.toBe('')
    })

    it('refuses a language that it says it does not know, and goes on', async () => {
      if (engine.describe().languages === null) return
      const { pcm } = under().speech
      await expect(engine.recognise(pcm, { language: 'tlh' }, never)).rejects.toMatchObject({
        code: 'failed',
      })
      expect((await engine.recognise(pcm, {}, never)).text).not.toBe('')
    })

    it('takes nothing once it is closed, and leaves no process', async () => {
      const closed = await under().start()
      await closed.recognise(under().speech.pcm, {}, never)
      const pids = closed.slotStates().flatMap(({ pid }) => (pid === null ? [] : [pid]))
      await closed.close(0)
      await expect(closed.recognise(under().speech.pcm, {}, never)).rejects.toBeInstanceOf(EngineError)
      for (const pid of pids) expect(() => process.kill(pid, 0)).toThrow()
    })
  })
}
