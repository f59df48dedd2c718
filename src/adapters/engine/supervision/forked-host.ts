import type { Recognition } from '../../../ports/engine.ts'
import { type Child, killedFromOutside, startChild } from '../../../processes/child.ts'
import { type EngineHost, HostRefusal, type StartHost } from './host.ts'
import { endOfPart, type FromHost, type Outcome, type PartToHear, type ToHost } from './protocol.ts'

/** How many lines that a part printed are looked at. */
const PART_LINES = 50
const LOOKS_LIKE_AN_ERROR = /exception|error|fail|invalid|please|unsupported|not support/i

type Heard = (Recognition | HostRefusal)[]

/**
 * Starts engine processes from a module that speaks `protocol.ts`.
 * @param onProgress told in a line what takes its time while the model is loaded
 */
export function forkedHosts<Config>(
  module: URL,
  config: Config,
  onProgress: (message: string) => void = () => {},
): StartHost {
  return async (signal) => {
    signal.throwIfAborted()
    const child = startChild(module)
    const onAbort = () => child.kill()
    signal.addEventListener('abort', onAbort, { once: true })
    try {
      const host = speakTo(child, onProgress)
      child.send({ kind: 'load', config } satisfies ToHost<Config>)
      await host.ready
      return host
    } catch (error) {
      child.kill()
      await child.ended
      throw error
    } finally {
      signal.removeEventListener('abort', onAbort)
    }
  }
}

function speakTo(child: Child, onProgress: (message: string) => void): EngineHost & { ready: Promise<void> } {
  const waiting = new Map<number, (heard: Heard) => void>()
  const printed = printedByParts(child)
  let lastId = 0

  const ready = new Promise<void>((resolve, reject) => {
    child.onMessage((message) => {
      const heard = message as FromHost
      if (heard.kind === 'progress') onProgress(heard.message)
      if (heard.kind === 'ready') resolve()
      if (heard.kind === 'refused') {
        const detail = reasonIn(child.stderrTail())
        reject(new Error(detail ? `${heard.message} (${detail})` : heard.message))
      }
    })
    child.ended.then((how) => {
      const detail = reasonIn(child.stderrTail())
      const why = `the engine process ${how} while it started${detail ? `: ${detail}` : ''}`
      reject(killedFromOutside('the engine process', how) ?? new Error(why))
    })
  })
  child.onMessage((message) => void settle(message as FromHost))

  async function settle(heard: FromHost): Promise<void> {
    if (heard.kind !== 'pong' && heard.kind !== 'results') return
    const resolve = waiting.get(heard.id)
    waiting.delete(heard.id)
    if (heard.kind === 'pong') return resolve?.([])
    const complaint = heard.outcomes.some(isEmpty) ? reasonIn(await printed(heard.id)) : undefined
    resolve?.(heard.outcomes.map((outcome) => believedOr(complaint, outcome)))
  }

  function ask(message: (id: number) => ToHost<never>): Promise<Heard> {
    lastId += 1
    const id = lastId
    return new Promise((resolve) => {
      waiting.set(id, resolve)
      child.send(message(id))
    })
  }

  return {
    pid: child.pid,
    ready,
    ended: child.ended,
    kill: child.kill,
    recognise: (parts: readonly PartToHear[]) => ask((id) => ({ kind: 'recognise', id, parts: [...parts] })),
    ping: async () => void (await ask((id) => ({ kind: 'ping', id }))),
  }
}

const isEmpty = (outcome: Outcome): boolean =>
  'recognition' in outcome && outcome.recognition.text.trim() === ''

/** Native libraries report an error to stderr and answer with an empty result: then that is the outcome. */
function believedOr(complaint: string | undefined, outcome: Outcome): Recognition | HostRefusal {
  if ('failed' in outcome) return new HostRefusal(outcome.failed)
  return complaint && isEmpty(outcome) ? new HostRefusal(complaint) : outcome.recognition
}

/** Gives, for a part, the lines that the process printed while it worked on it. */
function printedByParts(child: Child): (id: number) => Promise<string[]> {
  let lines: string[] = []
  const byPart = new Map<number, string[]>()
  const wanted = new Map<number, (lines: string[]) => void>()
  let gone = false
  child.onStderr((line) => {
    const id = Number(/^earshot: end of part (\d+)$/.exec(line)?.[1] ?? Number.NaN)
    if (Number.isNaN(id)) {
      if (lines.length < PART_LINES) lines.push(line)
      return
    }
    byPart.clear()
    byPart.set(id, lines)
    wanted.get(id)?.(lines)
    wanted.delete(id)
    lines = []
  })
  child.ended.then(() => {
    gone = true
    for (const resolve of wanted.values()) resolve(lines)
  })
  return (id) => {
    const known = byPart.get(id)
    if (known || gone) return Promise.resolve(known ?? lines)
    return new Promise((resolve) => wanted.set(id, resolve))
  }
}

/**
 * The line that tells most about what went wrong: sherpa-onnx prints `path:function:line message`, and a
 * caught exception on the lines after its heading.
 */
function reasonIn(lines: string[]): string | undefined {
  const said = lines
    .map(withoutSource)
    .filter((line) => line !== '' && !line.startsWith(endOfPart(0).slice(0, 8)))
  const heading = said.findIndex((line) => /^caught exception/i.test(line))
  if (heading >= 0) return said[heading + 1] ?? said[heading]
  return said.find((line) => LOOKS_LIKE_AN_ERROR.test(line))
}

const withoutSource = (line: string): string => line.replace(/^\S*\.(cc|h|cpp):\S+:\d+\s*/, '').trim()
