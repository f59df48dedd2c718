/** A TCP relay in front of a server, that can go silent or away. */
import { createServer, connect as dial, type NetConnectOpts, type Socket } from 'node:net'

export interface FaultyProxy {
  port: number
  /** Nothing passes any more, in either direction, and nobody is told: the cable is out. */
  stall(): void
  /** What is asked arrives, and is done; the answers are lost. */
  deafen(): void
  /** Open connections are reset, and new ones. */
  cut(): void
  /** All is well again; what had stalled stays lost. */
  mend(): void
  close(): Promise<void>
}

type State = 'well' | 'stalled' | 'cut'

export async function faultyProxy(target: NetConnectOpts): Promise<FaultyProxy> {
  let state: State = 'well'
  const pairs = new Set<{ near: Socket; far: Socket }>()
  const server = createServer((near) => {
    near.on('error', () => {})
    if (state === 'cut') return near.resetAndDestroy()
    const far = dial(target)
    const pair = { near, far }
    pairs.add(pair)
    far.on('error', () => {})
    const end = (): void => {
      pairs.delete(pair)
      near.destroy()
      far.destroy()
    }
    near.once('close', end)
    far.once('close', () => state !== 'stalled' && end())
    if (state === 'stalled') return near.pause()
    near.pipe(far)
    far.pipe(near)
  })
  const { port } = await new Promise<{ port: number }>((done) =>
    server.listen(0, '127.0.0.1', () => done(server.address() as { port: number })),
  )
  return {
    port,
    stall() {
      state = 'stalled'
      for (const { near, far } of pairs) {
        near.unpipe(far).pause()
        far.unpipe(near).pause()
      }
    },
    deafen() {
      for (const { near, far } of pairs) far.unpipe(near).resume()
    },
    cut() {
      state = 'cut'
      for (const { near } of pairs) near.resetAndDestroy()
    },
    mend() {
      // Bytes are missing in them.
      for (const { near } of pairs) near.resetAndDestroy()
      state = 'well'
    },
    async close() {
      for (const { near, far } of pairs) {
        near.destroy()
        far.destroy()
      }
      await new Promise((done) => server.close(done))
    },
  }
}
