/**
 * The clients of `load`, in a process of their own: what they compute must not be taken for the server's delay. On two
 * cores it would be all the same, so they compute little: `fetch` with a `FormData` took 3.3 ms for each request, more
 * than the server for its refusal.
 */
import { readFileSync } from 'node:fs'
import { Agent, type IncomingMessage, request } from 'node:http'

interface Asked {
  origin: string
  apiKey: string
  recording: string
  patienceMs: number
  seconds: number
}

export type LoadOrder = Asked &
  ({ kind: 'one after the other'; clients: number } | { kind: 'at a rate' /** A second. */; rate: number })

export interface LoadFigures {
  sent: number
  /** Milliseconds until the answer. */
  accepted: number[]
  refused: number[]
  failed: Record<string, number>
  /** Milliseconds of computing for each request. */
  cpu: number
}

process.once('message', async (order: LoadOrder) => {
  const figures = await run(order)
  process.send!(figures)
})

async function run(order: LoadOrder): Promise<LoadFigures> {
  const figures: LoadFigures = { sent: 0, accepted: [], refused: [], failed: {}, cpu: 0 }
  const form = formOf(order.recording)
  const end = performance.now() + order.seconds * 1000
  const one = (): Promise<void> => ask(order, form, figures)
  const before = process.cpuUsage()
  if (order.kind === 'at a rate') await atRate(order.rate, end, one)
  else
    await Promise.all(
      Array.from({ length: order.clients }, async () => {
        while (performance.now() < end) await one()
      }),
    )
  const { user, system } = process.cpuUsage(before)
  return { ...figures, cpu: (user + system) / 1000 / figures.sent }
}

async function atRate(rate: number, end: number, one: () => Promise<void>): Promise<void> {
  const all: Promise<void>[] = []
  const begin = performance.now()
  while (performance.now() < end) {
    const due = Math.floor(((performance.now() - begin) / 1000) * rate)
    while (all.length < due) all.push(one())
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  await Promise.all(all)
}

const BOUNDARY = 'earshot-bench'

/** The same bytes for all. */
function formOf(recording: string): Buffer {
  const part = (name: string, more = ''): string =>
    `--${BOUNDARY}\r\ncontent-disposition: form-data; name="${name}"${more}\r\n\r\n`
  return Buffer.concat([
    Buffer.from(`${part('model')}whisper-1\r\n${part('file', '; filename="talk.wav"')}`),
    readFileSync(recording),
    Buffer.from(`\r\n--${BOUNDARY}--\r\n`),
  ])
}

async function ask(asked: Asked, form: Buffer, figures: LoadFigures): Promise<void> {
  const begin = performance.now()
  figures.sent++
  try {
    const { statusCode = 0, headers } = await answered(asked, form)
    const took = performance.now() - begin
    const isRefusal = [429, 503].includes(statusCode) && headers['retry-after'] !== undefined
    if (statusCode === 200) figures.accepted.push(took)
    else if (isRefusal) figures.refused.push(took)
    else count(figures, String(statusCode))
  } catch (error) {
    const { name, code } = error as NodeJS.ErrnoException
    count(figures, code ?? name)
  }
}

const agent = new Agent({ keepAlive: true })

/** The answer, once all of it is there. */
function answered({ origin, apiKey, patienceMs }: Asked, form: Buffer): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${apiKey}`,
      'content-type': `multipart/form-data; boundary=${BOUNDARY}`,
      'content-length': form.length,
    }
    const sent = request(`${origin}/v1/audio/transcriptions`, { method: 'POST', agent, headers }, (answer) =>
      answer
        .once('end', () => resolve(answer))
        .once('error', reject)
        .resume(),
    )
    const timer = setTimeout(() => sent.destroy(new Error('no answer')), patienceMs)
    sent.once('close', () => clearTimeout(timer)).once('error', reject)
    sent.end(form)
  })
}

function count({ failed }: LoadFigures, why: string): void {
  failed[why] = (failed[why] ?? 0) + 1
}
