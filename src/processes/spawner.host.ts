/**
 * Starts programs for a server: to start one takes a copy of the page tables of whoever does it, and stops it while
 * they are copied. This process stays small.
 *
 * The programs are connected with the server itself: for each of its streams the server opens a socket to here,
 * which becomes the program's own.
 */
import type { ChildProcess } from 'node:child_process'
import { createServer, type Socket } from 'node:net'
import { killGroup, spawnGroup } from './program.ts'
import {
  type FromSpawner,
  nameOf,
  readGreeting,
  STREAMS,
  type Stream,
  type ToSpawner,
} from './spawner-protocol.ts'

type Start = Extract<ToSpawner, { kind: 'start' }>

/** One whose message or sockets are still to come. */
interface Coming {
  start?: Start
  sockets: Map<Stream, Socket>
  /** It will not be started. */
  killed?: boolean
}

const STRANGER_MS = 10_000
const BACKLOG = 4096

const coming = new Map<number, Coming>()
const running = new Map<number, { child: ChildProcess; killed: boolean }>()
let key = ''

process.on('message', (message: ToSpawner) => {
  if (message.kind === 'open') open(message)
  else if (message.kind === 'kill') kill(message)
  else if (message.kind === 'end') end()
  else {
    expected(message.id).start = message
    startIfComplete(message.id)
  }
})
// They reach the whole process group, and are the server's to act on: its end closes our channel.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {})
process.on('disconnect', end)

function end(): never {
  for (const { child } of running.values()) killGroup(child, 'SIGKILL')
  process.exit()
}

function open(message: Extract<ToSpawner, { kind: 'open' }>): void {
  key = message.key
  createServer(receive).listen({ path: nameOf(message.name), backlog: BACKLOG }, () => tell({ kind: 'open' }))
}

function receive(socket: Socket): void {
  let text = ''
  socket.on('error', () => {})
  socket.setTimeout(STRANGER_MS, () => socket.destroy())
  socket.on('data', (chunk) => {
    text += chunk
    const greeting = readGreeting(text)
    if (greeting === 'unfinished') return
    socket.setTimeout(0).removeAllListeners('data').pause()
    if (greeting?.key !== key) return socket.destroy()
    expected(greeting.id).sockets.set(greeting.stream, socket)
    startIfComplete(greeting.id)
  })
}

function expected(id: number): Coming {
  const found = coming.get(id) ?? { sockets: new Map() }
  coming.set(id, found)
  return found
}

function startIfComplete(id: number): void {
  const { start, sockets, killed } = expected(id)
  const wanted = start?.stdin ? STREAMS : STREAMS.slice(1)
  if (!start || !wanted.every((stream) => sockets.has(stream))) return
  coming.delete(id)
  if (!killed) begin(start, sockets)
  // They are the program's now, or nobody's.
  for (const socket of sockets.values()) socket.destroy()
}

function begin(start: Start, sockets: Map<Stream, Socket>): void {
  try {
    const stdio = STREAMS.map((stream) => sockets.get(stream) ?? 'ignore')
    follow(start.id, spawnGroup(start.command, start, stdio))
  } catch (error) {
    refuse(start.id, error as NodeJS.ErrnoException)
  }
}

function follow(id: number, child: ChildProcess): void {
  child.once('error', (error) => refuse(id, error))
  if (child.pid === undefined) return
  const one = { child, killed: false }
  running.set(id, one)
  tell({ kind: 'started', id, pid: child.pid })
  child.once('exit', (code, signal) => {
    running.delete(id)
    tell({ kind: 'ended', id, exit: { code, signal, killed: one.killed } })
  })
}

const refuse = (id: number, { code, message }: NodeJS.ErrnoException): void =>
  tell({ kind: 'refused', id, code, message })

function kill({ id, signal }: Extract<ToSpawner, { kind: 'kill' }>): void {
  const one = running.get(id)
  if (one) {
    if (killGroup(one.child, signal)) one.killed = true
    return
  }
  const early = coming.get(id)
  if (!early || early.killed) return
  early.killed = true
  tell({ kind: 'ended', id, exit: { code: null, signal, killed: true } })
}

const tell = (message: FromSpawner): void => void process.send?.(message, undefined, {}, () => {})
