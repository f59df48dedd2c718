import type { Recognition } from '../../../ports/engine.ts'
import { type Child, startChild } from './child.ts'
import { type EngineHost, HostRefusal, type StartHost } from './host.ts'
import { endOfPart, type FromHost, type ToHost } from './protocol.ts'

/** How many lines that a part printed are looked at. */
const PART_LINES = 50
const LOOKS_LIKE_AN_ERROR = /exception|error|fail|invalid|please|unsupported|not support/i

interface Waiting {
  resolve(value: Recognition | undefined): void
  reject(error: Error): void
}

/** Starts engine processes from a module that speaks `protocol.ts`. */
export function forkedHosts<Config>(module: URL, config: Config): StartHost {
  return async (signal) => {
    signal.throwIfAborted()
    const child = startChild(module)
    const onAbort = () => child.kill()
    signal.addEventListener('abort', onAbort, { once: true })
    try {
      const host = speakTo(child)
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

function speakTo(child: Child): EngineHost & { ready: Promise<void> } {
  const waiting = new Map<number, Waiting>()
  const printed = printedByParts(child)
  let lastId = 0

  const ready = new Promise<void>((resolve, reject) => {
    child.onMessage((message) => {
      const heard = message as FromHost
      if (heard.kind === 'ready') resolve()
      if (heard.kind === 'refused') {
        const detail = reasonIn(child.stderrTail())
        reject(new Error(detail ? `${heard.message} (${detail})` : heard.message))
      }
    })
    child.ended.then((how) => {
      const detail = reasonIn(child.stderrTail())
      reject(new Error(`the engine process ${how} while it started${detail ? `: ${detail}` : ''}`))
    })
  })
  child.onMessage((message) => void settle(message as FromHost))

  async function settle(heard: FromHost): Promise<void> {
    if (heard.kind === 'ready' || heard.kind === 'refused') return
    const asked = waiting.get(heard.id)
    waiting.delete(heard.id)
    if (heard.kind === 'pong') asked?.resolve(undefined)
    if (heard.kind === 'failed') asked?.reject(new HostRefusal(heard.message))
    if (heard.kind === 'result') {
      const complaint = isEmpty(heard.recognition) ? reasonIn(await printed(heard.id)) : undefined
      if (complaint) asked?.reject(new HostRefusal(complaint))
      else asked?.resolve(heard.recognition)
    }
  }

  function ask(message: (id: number) => ToHost<never>): Promise<Recognition | undefined> {
    lastId += 1
    const id = lastId
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject })
      child.send(message(id))
    })
  }

  return {
    pid: child.pid,
    ready,
    ended: child.ended,
    kill: child.kill,
    recognise: async (pcm, options) =>
      (await ask((id) => ({ kind: 'recognise', id, pcm, options }))) ?? { text: '' },
    ping: async () => void (await ask((id) => ({ kind: 'ping', id }))),
  }
}

const isEmpty = (recognition: Recognition): boolean => recognition.text.trim() === ''

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
