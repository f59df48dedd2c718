/** The recording that is being made. It goes on while one looks at other pages. */
import { useSyncExternalStore } from 'react'
import { queryClient } from '../../../query-client.ts'
import { randomId } from '../../../random-id.ts'
import { keepAwake } from './awake.ts'
import { begun } from './begun.ts'
import { hold } from './in-use.ts'
import { lacking, type RecordProblem, type Source } from './problem.ts'
import { NoSound, openSound, type Sound } from './sound.ts'
import { recordingName, soundType } from './sound-type.ts'
import { elapsed, type Stopwatch, started, stopped } from './stopwatch.ts'
import { addPiece, fileOf, RECORDINGS, type Recording } from './store.ts'
import { webmEnd } from './webm-end.ts'

export type RecorderState =
  | { kind: 'idle'; problem?: RecordProblem }
  | { kind: 'asking'; source: Source }
  | { kind: 'recording'; source: Source; watch: Stopwatch; level(): number; isKept: boolean }
  | { kind: 'ending' }
  /** Until somebody takes it. */
  | { kind: 'done'; userId: string; file: File; seconds: number }

/** What is lost at most, if the browser is killed. */
const PIECE_MS = 1000
/** Plenty for speech: 29 MB an hour. */
const BITS_A_SECOND = 64_000

let state: RecorderState = { kind: 'idle' }
const listeners = new Set<() => void>()
let recorder: MediaRecorder | undefined

export const useRecorder = (): RecorderState =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => state,
  )

function become(now: RecorderState): void {
  state = now
  for (const listener of listeners) listener()
}

interface Wanted {
  source: Source
  userId: string
  /** What recordings are called. */
  title: string
  microphoneId?: string | undefined
}

export async function startRecording(wanted: Wanted): Promise<void> {
  if (state.kind !== 'idle') return
  const records = typeof MediaRecorder !== 'undefined' && navigator.mediaDevices !== undefined
  const lacks = lacking({ isSecure: window.isSecureContext, records })
  const type = lacks ? undefined : soundType((name) => MediaRecorder.isTypeSupported(name))
  if (!type) return become({ kind: 'idle', problem: lacks ?? 'unable' })
  become({ kind: 'asking', source: wanted.source })
  try {
    const sound = await openSound(wanted.source, wanted.microphoneId)
    const now = new Date()
    const recording: Recording = {
      id: randomId(),
      userId: wanted.userId,
      name: recordingName(wanted.title, now, type.ending),
      type: type.type.split(';')[0] as string,
      startedAt: now.getTime(),
      seconds: 0,
      bytes: 0,
    }
    await hold(recording.id)
    record(recording, sound, wanted.source, type.type)
  } catch (error) {
    become({ kind: 'idle', problem: error instanceof NoSound ? error.problem : 'failed' })
  }
}

function record(recording: Recording, sound: Sound, source: Source, mimeType: string): void {
  const keeper = keeperOf(recording, () => {
    if (state.kind === 'recording') become({ ...state, isKept: false })
  })
  recorder = new MediaRecorder(sound.stream, { mimeType, audioBitsPerSecond: BITS_A_SECOND })
  const release = keepAwake()
  const ask = (event: BeforeUnloadEvent): void => event.preventDefault()
  window.addEventListener('beforeunload', ask)
  recorder.ondataavailable = ({ data }) => keeper.add(data, secondsNow())
  recorder.onstop = async () => {
    const seconds = secondsNow()
    become({ kind: 'ending' })
    sound.close()
    release()
    const file = await keeper.end().catch(() => undefined)
    window.removeEventListener('beforeunload', ask)
    const { userId } = recording
    become(file ? { kind: 'done', userId, file, seconds } : { kind: 'idle', problem: 'failed' })
    void queryClient.invalidateQueries({ queryKey: RECORDINGS })
  }
  sound.onEnd(stopRecording)
  recorder.start(PIECE_MS)
  begun.tell()
  void navigator.storage?.persist?.()
  const watch = started({ before: 0, since: null }, performance.now())
  become({ kind: 'recording', source, watch, level: sound.level, isKept: true })
}

/** Stores pieces in their order; what finds no room stays in memory. */
function keeperOf(recording: Recording, onFull: () => void) {
  let count = 0
  let written = 0
  const wholeOf = recording.type === 'audio/webm' ? webmEnd() : undefined
  const rest: ArrayBuffer[] = []
  let writing = Promise.resolve()
  const write = async (data: Blob, seconds: number): Promise<void> => {
    const piece = await data.arrayBuffer()
    if (piece.byteLength === 0) return
    written += piece.byteLength
    const bytes = wholeOf?.(new Uint8Array(piece)) ?? written
    const isKept = rest.length === 0 && (await isStored({ ...recording, seconds, bytes }, count++, piece))
    if (isKept) Object.assign(recording, { seconds, bytes })
    else {
      rest.push(piece)
      onFull()
    }
  }
  return {
    add(data: Blob, seconds: number): void {
      writing = writing.then(() => write(data, seconds))
    },
    async end(): Promise<File> {
      await writing
      return fileOf(recording, rest)
    },
  }
}

const isStored = (...piece: Parameters<typeof addPiece>): Promise<boolean> =>
  addPiece(...piece).then(
    () => true,
    () => false,
  )

const secondsNow = (): number =>
  state.kind === 'recording' ? elapsed(state.watch, performance.now()) / 1000 : 0

export function pauseRecording(): void {
  if (state.kind !== 'recording' || recorder?.state !== 'recording') return
  recorder.pause()
  become({ ...state, watch: stopped(state.watch, performance.now()) })
}

export function resumeRecording(): void {
  if (state.kind !== 'recording' || recorder?.state !== 'paused') return
  recorder.resume()
  become({ ...state, watch: started(state.watch, performance.now()) })
}

export function stopRecording(): void {
  if (recorder && recorder.state !== 'inactive') recorder.stop()
}

/** The file is in other hands now. */
export function takeRecorded(): void {
  if (state.kind === 'done') become({ kind: 'idle' })
}
