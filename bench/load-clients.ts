/** The clients of `load`, in a process of their own: what they compute must not be taken for the server's delay. */
import { readFileSync } from 'node:fs'

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
}

process.once('message', async (order: LoadOrder) => {
  const figures = await run(order)
  process.send!(figures)
})

async function run(order: LoadOrder): Promise<LoadFigures> {
  const figures: LoadFigures = { sent: 0, accepted: [], refused: [], failed: {} }
  const file = new Blob([readFileSync(order.recording)])
  const end = performance.now() + order.seconds * 1000
  const one = (): Promise<void> => ask(order, file, figures)
  if (order.kind === 'one after the other') {
    const client = async (): Promise<void> => {
      while (performance.now() < end) await one()
    }
    await Promise.all(Array.from({ length: order.clients }, client))
    return figures
  }
  const all: Promise<void>[] = []
  const begin = performance.now()
  while (performance.now() < end) {
    const due = Math.floor(((performance.now() - begin) / 1000) * order.rate)
    while (all.length < due) all.push(one())
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  await Promise.all(all)
  return figures
}

async function ask({ origin, apiKey, patienceMs }: Asked, file: Blob, figures: LoadFigures): Promise<void> {
  const body = new FormData()
  body.append('model', 'whisper-1')
  body.append('file', file, 'talk.wav')
  const begin = performance.now()
  figures.sent++
  try {
    const answer = await fetch(`${origin}/v1/audio/transcriptions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${apiKey}` },
      body,
      signal: AbortSignal.timeout(patienceMs),
    })
    await answer.text()
    const took = performance.now() - begin
    const isRefusal = [429, 503].includes(answer.status) && answer.headers.has('retry-after')
    if (answer.status === 200) figures.accepted.push(took)
    else if (isRefusal) figures.refused.push(took)
    else count(figures, String(answer.status))
  } catch (error) {
    const { name, cause } = error as Error & { cause?: { code?: string } }
    count(figures, cause?.code ?? name)
  }
}

function count({ failed }: LoadFigures, why: string): void {
  failed[why] = (failed[why] ?? 0) + 1
}
