/** Has recordings heard by a server. */
import { randomUUID } from 'node:crypto'
import { openAsBlob } from 'node:fs'
import type { Transcription } from '../../client/index.ts'
import { ApiError, Earshot, TranscriptionError } from '../../client/index.ts'
import { LONGEST_TITLE } from '../../contract/native.ts'
import { type Ear, spooledStdin } from './ear.ts'
import { filenameOf, type Input, identityOf } from './inputs.ts'
import type { Heard } from './report.ts'
import { sweepUnfinished, Unfinished } from './unfinished.ts'
import { type HearingOptions, wishesOf } from './wishes.ts'

export interface Server {
  url: string
  key: string
}

interface Context {
  server: Server
  dataDir: string
  options: HearingOptions
  scratch: string
}

/** As far as an earlier try came with a recording. */
interface State {
  uploadId?: string
  mediaId?: string
  /** Of the request that begins the transcription: its answer may be lost, and it must not be begun twice. */
  idempotencyKey?: string
  transcriptionId?: string
}

/** More would only wait at the server, or be more than an account may have there. */
const AT_ONCE = 4
/** The share of the progress that sending a file is. */
const UPLOAD_SHARE = 0.4

export function openRemoteEar(context: Context): Ear {
  const { server, dataDir } = context
  const earshot = new Earshot({ baseUrl: server.url, apiKey: server.key })
  return {
    atOnce: AT_ONCE,
    hear: (input, onProgress, signal) => new RemoteJob(earshot, context, input, onProgress, signal).run(),
    close: () => sweepUnfinished(dataDir),
  }
}

class RemoteJob {
  readonly #earshot: Earshot
  readonly #context: Context
  readonly #input: Input
  readonly #onProgress: (fraction: number) => void
  readonly #signal: AbortSignal
  readonly #unfinished: Unfinished<State>
  readonly #begunBefore: boolean
  #state: State

  constructor(
    earshot: Earshot,
    context: Context,
    input: Input,
    onProgress: (fraction: number) => void,
    signal: AbortSignal,
  ) {
    this.#earshot = earshot
    this.#context = context
    this.#input = input
    this.#onProgress = onProgress
    this.#signal = signal
    this.#unfinished = new Unfinished<State>(context.dataDir, [
      identityOf(input),
      context.server,
      wishesOf(context.options),
    ])
    this.#state = input.kind === 'stdin' ? {} : Object.assign({}, ...this.#unfinished.read())
    this.#begunBefore = Object.keys(this.#state).length > 0
  }

  async run(): Promise<Heard> {
    try {
      return await this.#heard(await this.#id())
    } catch (error) {
      if (error instanceof TranscriptionError || isFinal(error)) await this.#unfinished.forget()
      const forgotten = error instanceof ApiError && error.code === 'resource.not_found'
      if (!forgotten || !this.#begunBefore) throw error
      // What an earlier try left there is gone: from the beginning, once.
      this.#state = {}
      return this.#heard(await this.#id())
    }
  }

  async #id(): Promise<string> {
    if (this.#state.transcriptionId !== undefined) return this.#state.transcriptionId
    const source =
      this.#input.kind === 'link' ? { url: this.#input.url } : { mediaId: await this.#mediaId(this.#input) }
    if (this.#state.idempotencyKey === undefined) this.#know({ idempotencyKey: randomUUID() })
    const options = { signal: this.#signal, idempotencyKey: this.#state.idempotencyKey }
    const { id } = await this.#earshot.create(
      source,
      { ...this.#named(), ...wishesOf(this.#context.options) },
      options,
    )
    this.#know({ transcriptionId: id })
    return id
  }

  /** The server may have the same bytes under another name. */
  #named(): { title?: string } {
    const name = this.#input.kind === 'link' ? '' : filenameOf(this.#input).trim()
    return name === '' ? {} : { title: name.slice(0, LONGEST_TITLE) }
  }

  async #mediaId(input: Input): Promise<string> {
    if (this.#state.mediaId !== undefined) return this.#state.mediaId
    const path = input.kind === 'file' ? input.path : await spooledStdin(this.#context.scratch, this.#signal)
    const mediaId = await this.#earshot.upload(await openAsBlob(path), {
      filename: filenameOf(input),
      uploadId: this.#state.uploadId,
      signal: this.#signal,
      onProgress: ({ uploadId, sent, total }) => {
        if (uploadId !== this.#state.uploadId) this.#know({ uploadId })
        this.#onProgress((UPLOAD_SHARE * sent) / Math.max(1, total))
      },
    })
    this.#know({ mediaId })
    return mediaId
  }

  async #heard(id: string): Promise<Heard> {
    const begin = this.#input.kind === 'link' ? 0 : UPLOAD_SHARE
    const done = await this.#earshot.wait(id, {
      signal: this.#signal,
      onEvent: (event) => {
        if (event.type === 'progress') this.#onProgress(begin + (1 - begin) * (event.pct / 100))
      },
    })
    await this.#unfinished.forget()
    return present(done, filenameOf(this.#input))
  }

  #know(more: State): void {
    Object.assign(this.#state, more)
    if (this.#input.kind !== 'stdin') this.#unfinished.add(more)
  }
}

/** Whether the same would be refused again: not for want of credits, or of another key. */
const isFinal = (error: unknown): boolean =>
  error instanceof ApiError && [400, 404, 409, 410, 413, 415, 422].includes(error.status)

function present(done: Transcription, filename: string): Heard {
  const { transcript, title, durationSeconds, modelUsed, standIn, warnings } = done
  return {
    transcript: transcript ?? { text: '', language: null, segments: [] },
    title: title ?? filename,
    durationSeconds: durationSeconds ?? 0,
    model: modelUsed,
    warnings: [
      ...warnings.map(({ message }) => message),
      ...(standIn ? ['a rough stand-in heard this, not a speech model'] : []),
    ],
  }
}
