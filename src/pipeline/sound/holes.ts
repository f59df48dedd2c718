/**
 * How much sound is missing where a file without times (MP3, AAC, AC-3…) is damaged. ffmpeg makes one packet of a
 * readable frame and all that it cannot read behind it, and lets the time go on by that one frame: how much there
 * was shows in the packet's size.
 */
import { type FileHandle, open } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { inputArguments, type LocalFile, type Stretch, start, stretchOf } from '../ffmpeg.ts'
import { adtsFrames } from './adts.ts'
import type { SizedPacket } from './sized-packet.ts'

/** Sound of so many seconds is missing behind the packet at `at` (milliseconds, as ffmpeg counts). */
export interface Hole {
  at: number
  seconds: number
}

export interface Holes {
  holes: readonly Hole[]
  /** All packets are equally long: what ffmpeg skips without a word shows in its times. */
  steady: boolean
}

/** Packets that say how large one is here. */
const NEAR = 200
/** So many times the largest of them is no frame. */
const TOO_LARGE = 1.5

/** @throws ToolMissing, ToolKilled; the signal's reason when aborted */
export async function findHoles(
  source: LocalFile,
  { stream, codec }: { stream: number | undefined; codec: string | null | undefined },
  signal?: AbortSignal,
): Promise<Holes> {
  const stretch = await stretchOf(source)
  const file = await open(stretch.path)
  try {
    const packets = codec === 'aac' ? adtsFrames(stretch) : ffmpegsPackets(stretch, stream, signal)
    return await holesIn(packets, ({ position, size }) => tagBytes(file, stretch.from + position, size))
  } finally {
    await file.close()
  }
}

async function* ffmpegsPackets(
  source: Stretch,
  stream: number | undefined,
  signal?: AbortSignal,
): AsyncGenerator<SizedPacket> {
  const ffprobe = start('ffprobe', [
    ...['-v', 'quiet', '-select_streams', stream === undefined ? 'a:0' : String(stream)],
    ...['-show_entries', 'packet=pts_time,duration_time,size,pos', '-of', 'csv=p=0'],
    ...inputArguments(source),
  ])
  signal?.addEventListener('abort', ffprobe.kill)
  try {
    for await (const line of createInterface({ input: ffprobe.stdout })) {
      const packet = readPacket(line)
      if (packet) yield packet
    }
    await ffprobe.exited
    signal?.throwIfAborted()
  } finally {
    signal?.removeEventListener('abort', ffprobe.kill)
    ffprobe.kill()
  }
}

/** Undefined: it has no time or size. */
function readPacket(line: string): SizedPacket | undefined {
  const [at = Number.NaN, duration = Number.NaN, size = Number.NaN, position = 0] = line
    .split(',')
    .map(Number)
  return at >= 0 && duration > 0 && size > 0 ? { at, duration, size, position } : undefined
}

/** @param notSound how many bytes of a packet that is too large are something else, as the tags of joined files */
export async function holesIn(
  packets: AsyncIterable<SizedPacket>,
  notSound: (packet: SizedPacket) => Promise<number>,
): Promise<Holes> {
  const holes: Hole[] = []
  const near: SizedPacket[] = []
  let length: number | undefined
  let steady = true
  for await (const packet of packets) {
    length ??= packet.duration
    steady &&= Math.abs(packet.duration - length) < 1e-4
    if (near.length > 0 && packet.size > TOO_LARGE * largest(near)) {
      const seconds = (packet.size - (await notSound(packet))) / bytesPerSecond(near) - packet.duration
      if (seconds > packet.duration / 2) holes.push({ at: packet.at * 1000, seconds })
      // A frame that is really so large would be taken for a hole again and again.
      if (seconds > 2 * packet.duration) continue
    }
    near.push(packet)
    if (near.length > NEAR) near.shift()
  }
  return { holes, steady }
}

const largest = (packets: readonly SizedPacket[]): number =>
  packets.reduce((most, p) => Math.max(most, p.size), 0)

const bytesPerSecond = (packets: readonly SizedPacket[]): number =>
  packets.reduce((sum, { size }) => sum + size, 0) / packets.reduce((sum, { duration }) => sum + duration, 0)

/** Tags stand behind the frame that is first in a packet. Bytes. */
const SEARCHED = 8192

/** ID3 of either version, and APE's. */
async function tagBytes(file: FileHandle, position: number, size: number): Promise<number> {
  const head = Buffer.alloc(Math.min(SEARCHED, size))
  const { bytesRead } = await file.read(head, 0, head.length, position)
  const read = head.subarray(0, bytesRead)
  const id3 = read.indexOf('ID3')
  const ape = read.indexOf('APETAGEX')
  let bytes = read.includes('TAG', undefined, 'latin1') ? 128 : 0
  if (id3 >= 0 && id3 + 10 <= read.length)
    bytes += 10 + [...read.subarray(id3 + 6, id3 + 10)].reduce((sum, byte) => sum * 128 + (byte & 127), 0)
  if (ape >= 0 && ape + 16 <= read.length) bytes += 64 + read.readUInt32LE(ape + 12)
  return Math.min(bytes, size)
}
