/** The other thread's side. */
import { parentPort } from 'node:worker_threads'
import { DomainError } from '../../domain/errors.ts'
import type { Work } from '../../ports/text-work.ts'
import type { Answer, Call } from './protocol.ts'

/** Calls the functions of a table, one after the other. */
export function serveWork(work: Work): void {
  let before: Promise<unknown> = Promise.resolve()
  parentPort!.on('message', (call: Call) => {
    before = before.then(async () => {
      const said = await answer(work, call)
      parentPort!.postMessage(said, 'value' in said && ownsMemory(said.value) ? [said.value.buffer] : [])
    })
  })
}

/** Bytes that have a memory of their own, which is handed over and not copied; not those of Node's pool. */
const ownsMemory = (value: unknown): value is Uint8Array<ArrayBuffer> =>
  value instanceof Uint8Array && value.byteLength === value.buffer.byteLength

async function answer(work: Work, { id, name, args }: Call): Promise<Answer> {
  try {
    return { id, value: await work[name]!(...args) }
  } catch (error) {
    if (!(error instanceof DomainError)) return { id, failed: (error as Error).stack ?? String(error) }
    const { code, message, details } = error
    return { id, refused: { code, message, details } }
  }
}
