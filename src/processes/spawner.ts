/**
 * Starts the programs of a server in a process of their own. A server of 257 MB was stopped for 98 ms by each start
 * on a busy machine, one of 46 MB for 16: Linux copies the page tables of whoever forks (Node's `spawn` does no
 * `vfork`). macOS and Windows do not, and commands that live for one recording are small: they start their own.
 */
import { randomBytes } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import { PassThrough, type Readable, type Writable } from 'node:stream'
import { type Child, siblingModule, startChild } from './child.ts'
import { type Exit, type Program, type ProgramOptions, startProgramsBy } from './program.ts'
import { type FromSpawner, greet, nameOf, type Stream, type ToSpawner } from './spawner-protocol.ts'

/** Before one that died is replaced; meanwhile this process starts programs itself. */
const REPLACE_MS = 1000

export interface Spawner {
  /** Kills what still runs. */
  close(): void
}

/** From now on `startProgram` goes through it. @param onDeath told how one ended that was not asked to */
export async function startSpawner(onDeath: (how: string) => void = () => {}): Promise<Spawner> {
  if (process.platform !== 'linux') return { close: () => {} }
  let closed = false
  let current: SpawnerProcess | undefined
  const begin = async (): Promise<void> => {
    const begun = new SpawnerProcess()
    current = begun
    begun.ended.then((how) => {
      startProgramsBy()
      if (closed) return
      onDeath(how)
      setTimeout(() => !closed && void begin(), REPLACE_MS).unref()
    })
    await begun.open
    if (!closed && !begun.gone) startProgramsBy((command, options) => begun.start(command, options))
  }
  await begin()
  return {
    close() {
      closed = true
      startProgramsBy()
      current?.close()
    },
  }
}

class SpawnerProcess {
  readonly #child: Child = startChild(siblingModule('spawner.host', import.meta.url))
  readonly #name = `earshot-${randomBytes(16).toString('hex')}`
  readonly #key = randomBytes(16).toString('hex')
  readonly #programs = new Map<number, RemoteProgram>()
  #last = 0
  /** Whether it has ended. */
  gone = false
  /** Resolves when it can be asked, or will never be. */
  readonly open: Promise<void>

  constructor() {
    this.open = new Promise((resolve) => {
      this.#child.onMessage((message) => {
        const said = message as FromSpawner
        if (said.kind === 'open') resolve()
        else this.#programs.get(said.id)?.hear(said)
      })
      this.#child.ended.then(() => resolve())
    })
    this.#child.ended.then(() => {
      this.gone = true
      for (const program of this.#programs.values()) program.abandon()
    })
    this.#tell({ kind: 'open', name: this.#name, key: this.#key })
  }

  get ended(): Promise<string> {
    return this.#child.ended
  }

  start(command: readonly string[], options: ProgramOptions): Program {
    const id = ++this.#last
    const stdin = options.stdin === true
    const { env } = options
    this.#tell({ kind: 'start', id, command, env, stdin, ...(options.cwd && { cwd: options.cwd }) })
    const program = new RemoteProgram(
      {
        stdin: stdin ? this.#socket(id, 'stdin') : undefined,
        stdout: this.#socket(id, 'stdout'),
        stderr: this.#socket(id, 'stderr'),
      },
      (signal) => this.#tell({ kind: 'kill', id, signal }),
    )
    this.#programs.set(id, program)
    const forget = (): void => void this.#programs.delete(id)
    program.ended.then(forget, forget)
    return program
  }

  close(): void {
    this.#tell({ kind: 'end' })
  }

  #socket(id: number, stream: Stream): Socket {
    const socket = connect(nameOf(this.#name))
    socket.write(greet({ key: this.#key, id, stream }))
    return socket
  }

  #tell(message: ToSpawner): void {
    this.#child.send(message)
  }
}

interface Sockets {
  stdin: Socket | undefined
  stdout: Socket
  stderr: Socket
}

type OfProgram = Exclude<FromSpawner, { kind: 'open' }>

class RemoteProgram implements Program {
  readonly stdout: Readable
  readonly stderr: Readable
  readonly ended: Promise<Exit>
  readonly kill: (signal: NodeJS.Signals) => void
  readonly #stdin: Promise<Writable>
  #pid: number | undefined
  /** The connection to it broke: its end was neither requested nor its own fault. */
  #cutOff = false
  #exit!: (exit: Exit) => void
  #begin!: () => void
  #refuse!: (error: Error) => void

  constructor({ stdin, stdout, stderr }: Sockets, kill: (signal: NodeJS.Signals) => void) {
    let wanted = false
    this.kill = (signal) => {
      wanted = true
      kill(signal)
    }
    const broken = (): void => {
      this.#cutOff ||= !wanted
      kill('SIGKILL')
    }
    stdin?.on('error', () => {})
    this.stdout = received(stdout, broken)
    this.stderr = received(stderr, broken)
    const begun = new Promise<void>((resolve, reject) => {
      this.#begin = resolve
      this.#refuse = reject
    })
    const exit = new Promise<Exit>((resolve) => {
      this.#exit = resolve
    })
    this.ended = this.#end(begun, exit)
    this.ended.catch(() => {}) // whoever awaits it hears of it; nobody may be, yet
    this.#stdin = begun.then(() => {
      if (!stdin) throw new Error('the program was started without an input')
      return stdin
    })
    this.#stdin.catch(() => {})
  }

  stdin(): Promise<Writable> {
    return this.#stdin
  }

  async #end(begun: Promise<void>, exit: Promise<Exit>): Promise<Exit> {
    await begun
    const how = await exit
    // What nobody reads must not hold up the end, as with a child process.
    for (const output of [this.stdout, this.stderr]) output.resume()
    await Promise.all([this.stdout, this.stderr].map(closed))
    return this.#cutOff && how.killed ? { ...how, killed: false } : how
  }

  hear(said: OfProgram): void {
    if (said.kind === 'refused') this.#refuse(Object.assign(new Error(said.message), { code: said.code }))
    else if (said.kind === 'started') {
      this.#pid = said.pid
      this.#begin()
    } else {
      this.#pid = undefined
      this.#begin()
      this.#exit(said.exit)
    }
  }

  /** The spawner is gone, and nobody hears of the program's end any more. */
  abandon(): void {
    try {
      if (this.#pid !== undefined) process.kill(-this.#pid, 'SIGKILL')
    } catch {
      // It had ended.
    }
    this.#begin()
    this.#exit({ code: null, signal: 'SIGKILL', killed: false })
  }
}

/** What comes in, to its end however that comes: of what broke the exit tells. */
function received(socket: Socket, onError: () => void): Readable {
  const output = new PassThrough()
  socket.on('error', onError)
  socket.once('close', () => output.end())
  output.once('close', () => socket.destroy())
  socket.pipe(output)
  return output
}

const closed = (output: Readable): Promise<void> =>
  new Promise((resolve) => (output.closed ? resolve() : output.once('close', resolve)))
