/** Sound from the microphone, a tab, or both, as the browser hands it over once somebody has allowed it. */
import { levelOf } from './level.ts'
import { problemOf, type RecordProblem, type Source } from './problem.ts'

export interface Sound {
  stream: MediaStream
  /** How loud it is now, 0 to 1. */
  level(): number
  /** Calls back once, when it ends by itself: a plug was pulled, or the tab is no longer shared. */
  onEnd(call: () => void): void
  close(): void
}

export class NoSound extends Error {
  readonly problem: RecordProblem

  constructor(problem: RecordProblem) {
    super(problem)
    this.problem = problem
  }
}

/** @param microphoneId undefined: the one that the browser takes @throws NoSound */
export async function openSound(source: Source, microphoneId?: string): Promise<Sound> {
  const streams: MediaStream[] = []
  try {
    // The tab first: a browser asks for it only right after a click.
    if (source !== 'microphone') streams.push(await asked('tab', openTab))
    if (source !== 'tab') streams.push(await asked('microphone', () => openMicrophone(microphoneId)))
  } catch (error) {
    for (const stream of streams) end(stream)
    throw error
  }
  return soundOf(streams)
}

async function asked(what: 'microphone' | 'tab', open: () => Promise<MediaStream>): Promise<MediaStream> {
  try {
    return await open()
  } catch (error) {
    throw error instanceof NoSound ? error : new NoSound(problemOf(error, what))
  }
}

const openMicrophone = (deviceId: string | undefined): Promise<MediaStream> =>
  navigator.mediaDevices.getUserMedia({
    audio: {
      ...(deviceId && { deviceId: { exact: deviceId } }),
      // What telephones take for noise or echo may be somebody at the other end of the table.
      echoCancellation: false,
      noiseSuppression: false,
      autoGainControl: true,
    },
  })

async function openTab(): Promise<MediaStream> {
  // Browsers share no sound without a picture. It is let go at once.
  const shared = await navigator.mediaDevices.getDisplayMedia({
    video: true,
    audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
  })
  for (const track of shared.getVideoTracks()) track.stop()
  if (shared.getAudioTracks().length === 0) throw new NoSound('noSoundShared')
  return new MediaStream(shared.getAudioTracks())
}

function soundOf(streams: readonly MediaStream[]): Sound {
  const context = new AudioContext()
  const analyser = context.createAnalyser()
  const mixed = streams.length > 1 ? context.createMediaStreamDestination() : undefined
  for (const stream of streams) {
    const node = context.createMediaStreamSource(stream)
    node.connect(analyser)
    if (mixed) node.connect(mixed)
  }
  void context.resume()
  const samples = new Float32Array(analyser.fftSize)
  const tracks = streams.flatMap((stream) => stream.getAudioTracks())
  return {
    // One alone is recorded as it comes, whatever becomes of the computing for the meter.
    stream: mixed?.stream ?? (streams[0] as MediaStream),
    level() {
      analyser.getFloatTimeDomainData(samples)
      return levelOf(samples)
    },
    onEnd(call) {
      for (const track of tracks) track.addEventListener('ended', call, { once: true })
    },
    close() {
      for (const stream of streams) end(stream)
      void context.close()
    },
  }
}

function end(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop()
}
