import { EngineError } from '../../ports/engine.ts'
import type { Heard, SpeechDetector, SpeechSettings, SpeechStream } from '../../ports/speech-detector.ts'
import { afterAwake } from '../../processes/awake-limit.ts'
import { type Child, killedFromOutside, siblingModule, startChild } from '../../processes/child.ts'
import { findVadModel } from './model.ts'
import type { FromDetector, ToDetector } from './protocol.ts'

export interface SpeechDetectorOptions {
  /** Silero's model file, v5 or v6; the one from npm where it is not given. */
  modelPath?: string
  logger?: { warn(message: string): void }
  /** How long the process has to answer before it is taken to hang and killed, ms. */
  deadlineMs?: number
}

/**
 * Silero's voice activity detector in a process of its own, shared by all recordings. It is started when
 * the first recording is opened. Should it die, the open recordings fail and the next one gets a new process.
 * @throws Error in one line when there is no model, or another one.
 */
export function createSpeechDetector(options: SpeechDetectorOptions = {}): SpeechDetector & {
  /** Null while no recording has been opened, and after the process has died. */
  pid(): number | null
} {
  const model = findVadModel(options.modelPath)
  const deadlineMs = options.deadlineMs ?? 120_000
  let current: Process | null = null
  let lastStream = 0
  let closed = false

  function process(): Process {
    if (closed) throw new EngineError('unavailable', 'the speech detector is closed')
    if (current && !current.gone) return current
    const started = startProcess(model, deadlineMs)
    started.child.ended.then((how) => {
      if (!closed) options.logger?.warn(`the speech detector ${how}`)
    })
    current = started
    return started
  }

  return {
    pid: () => (current && !current.gone ? current.child.pid : null),
    open(settings): SpeechStream {
      lastStream += 1
      return openStream(process(), lastStream, settings)
    },
    async close() {
      closed = true
      current?.child.kill()
      await current?.child.ended
    },
  }
}

interface Process {
  child: Child
  readonly gone: boolean
  ask(message: (id: number) => ToDetector): Promise<Heard>
}

function startProcess(model: string, deadlineMs: number): Process {
  const child = startChild(siblingModule('speech.host', import.meta.url))
  const waiting = new Map<number, { resolve(heard: Heard): void; reject(error: Error): void }>()
  let gone: EngineError | null = null
  let lastId = 0
  let hung = false

  child.onMessage((message) => {
    const said = message as FromDetector
    if (said.kind === 'heard') {
      waiting.get(said.id)?.resolve(said.heard)
      waiting.delete(said.id)
    }
    if (said.kind === 'refused') fail(new EngineError('failed', `the speech detector: ${said.message}`))
  })
  child.ended.then((how) => {
    const reason = hung ? 'did not answer in time' : how
    const cause = hung ? undefined : killedFromOutside('the speech detector', how)
    fail(new EngineError(hung ? 'hung' : 'crashed', `the speech detector ${reason}`, { cause }))
  })
  child.send({ kind: 'load', model } satisfies ToDetector)

  function fail(error: EngineError): void {
    gone ??= error
    for (const { reject } of waiting.values()) reject(gone)
    waiting.clear()
    child.kill()
  }

  function ask(message: (id: number) => ToDetector): Promise<Heard> {
    if (gone) return Promise.reject(gone)
    lastId += 1
    const id = lastId
    return new Promise<Heard>((resolve, reject) => {
      const stopLimit = afterAwake(deadlineMs, () => {
        hung = true
        child.kill()
      })
      const settled =
        <T>(then: (value: T) => void) =>
        (value: T) => {
          stopLimit()
          then(value)
        }
      waiting.set(id, { resolve: settled(resolve), reject: settled(reject) })
      child.send(message(id))
    })
  }

  return {
    child,
    ask,
    get gone() {
      return gone !== null
    },
  }
}

/** Messages of one channel stay in order, so the chunks of a recording do too. */
function openStream(
  { child, ask }: Process,
  stream: number,
  settings: SpeechSettings | undefined,
): SpeechStream {
  let open = true
  if (settings) child.send({ kind: 'open', stream, settings } satisfies ToDetector)
  const refuse = () => Promise.reject(new Error('this recording has ended'))
  return {
    push: (pcm) => (open ? ask((id) => ({ kind: 'push', id, stream, pcm })) : refuse()),
    end() {
      if (!open) return refuse()
      open = false
      return ask((id) => ({ kind: 'end', id, stream }))
    },
    close() {
      if (open) child.send({ kind: 'close', stream } satisfies ToDetector)
      open = false
    },
  }
}
