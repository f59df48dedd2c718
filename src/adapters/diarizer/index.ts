import type { Diarization, Diarizer } from '../../ports/diarizer.ts'
import { EngineError, SAMPLE_RATE } from '../../ports/engine.ts'
import type { LocalModels } from '../models/library.ts'
import { Linking } from './link.ts'
import { voiceModels } from './models.ts'
import { type Block, type DiarizerProcess, startProcess } from './process.ts'
import type { HeardBlock } from './protocol.ts'

export interface DiarizerOptions {
  models: Pick<LocalModels, 'folderOf'>
  threads: number
  logger?: { warn(message: string): void } | undefined
  /** What is listened to in one go, seconds: longer knows voices better, and takes more memory. */
  blockSeconds?: number
  /** What a block may take, ms. */
  deadlineMs?: number
}

const BLOCK_SECONDS = 120
/** Samples that two blocks have in common. */
const OVERLAP = 2 * SAMPLE_RATE
const DEADLINE_MS = 20 * 60_000

/**
 * Tells speakers apart with sherpa-onnx, block by block, in a process of its own that all recordings share. It
 * is started when it is first needed, and ends when no recording is open.
 */
export function createDiarizer(options: DiarizerOptions): Diarizer & { pid(): number | null } {
  const { blockSeconds = BLOCK_SECONDS, deadlineMs = DEADLINE_MS } = options
  let current: DiarizerProcess | undefined
  let open = 0
  let closed = false
  /** Blocks of all recordings, one after the other. */
  let line: Promise<unknown> = Promise.resolve()

  function process(): DiarizerProcess {
    const models = voiceModels(options.models)
    if (closed || !models)
      throw new EngineError('unavailable', 'there are no models that tell speakers apart')
    if (current) return current
    const started = startProcess(models, options.threads)
    current = started
    void started.ended.then((how) => {
      if (current !== started) return
      current = undefined
      options.logger?.warn(`the process that tells speakers apart ${how}`)
    })
    return started
  }

  /** A block whose process dies is tried once more, in a new one. */
  async function attempt(block: Block): Promise<HeardBlock> {
    try {
      return await process().listen(block, deadlineMs)
    } catch (error) {
      if (closed || !(error instanceof EngineError && error.code === 'crashed')) throw error
      await current?.ended
      return process().listen(block, deadlineMs)
    }
  }

  function listen(block: Block, wanted: () => boolean): Promise<HeardBlock | undefined> {
    const heard = line.then(() => (wanted() ? attempt(block) : undefined))
    line = heard.catch(() => {})
    return heard
  }

  function end(): void {
    const ended = current
    current = undefined
    ended?.kill()
  }

  return {
    pid: () => current?.pid ?? null,
    available: () => voiceModels(options.models) !== undefined,
    open(known = [], speakers) {
      process()
      open += 1
      return createDiarization({
        samples: blockSeconds * SAMPLE_RATE,
        listen,
        known,
        speakers,
        onClose() {
          open -= 1
          if (open === 0) end()
        },
      })
    },
    async close() {
      closed = true
      const ended = current?.ended
      end()
      await ended
    },
  }
}

interface Work {
  /** Of a block. */
  samples: number
  listen(block: Block, wanted: () => boolean): Promise<HeardBlock | undefined>
  known: readonly Int16Array[]
  speakers: number | undefined
  onClose(): void
}

/** One recording: a block is filled while the one before it is listened to. */
function createDiarization({ samples, listen, known, speakers, onClose }: Work): Diarization {
  const linking = new Linking(speakers)
  const fine = speakers !== undefined
  let block = new Int16Array(samples)
  let filled = 0
  /** Of the block in the recording, samples. */
  let start = 0
  let open = true
  let before = hearKnown()
  // Whoever comes next is told.
  before.catch(() => {})

  async function hearKnown(): Promise<void> {
    for (const [index, pcm] of known.entries()) {
      const heard = await listen({ pcm, fine: false }, () => open)
      if (heard) linking.know(index, heard.voices)
    }
  }

  async function handOn(isLast: boolean): Promise<void> {
    await before
    const pcm = block.subarray(0, filled)
    const span = {
      start: start / SAMPLE_RATE,
      from: (start === 0 ? 0 : start + OVERLAP / 2) / SAMPLE_RATE,
      to: (start + filled - (isLast ? 0 : OVERLAP / 2)) / SAMPLE_RATE,
    }
    start += filled - OVERLAP
    block = new Int16Array(samples)
    block.set(pcm.subarray(-OVERLAP))
    filled = OVERLAP
    before = listen({ pcm, fine }, () => open).then((heard) => {
      if (heard) linking.add(span, heard)
    })
    before.catch(() => {})
  }

  return {
    async push(pcm) {
      for (let at = 0; at < pcm.length; ) {
        const piece = pcm.subarray(at, at + samples - filled)
        block.set(piece, filled)
        filled += piece.length
        at += piece.length
        if (filled === samples) await handOn(false)
      }
    },
    async end() {
      if (filled > 0) await handOn(true)
      await before
      return linking.turns()
    },
    close() {
      if (!open) return
      open = false
      onClose()
    },
  }
}
