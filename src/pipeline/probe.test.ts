import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { FORMATS, ffmpeg, type MediaFormat, makeMedia } from '../../test/support/media.ts'
import { testFolder } from '../../test/support/test-folder.ts'
import { toneAudio, wav } from '../../test/support/tone.ts'
import { MediaError } from '../ports/prober.ts'
import { decode } from './decode.ts'
import { probe } from './probe.ts'

const tone = toneAudio([{ word: 'three', at: 0.5 }], 10)
const folder = testFolder()
const { written } = folder

const refusal = async (path: string, options = {}): Promise<string> => {
  const error = await probe(path, options).then(
    () => 'accepted',
    (e: unknown) => e,
  )
  if (!(error instanceof MediaError)) return String(error)
  expect(error.message, 'a message for a client').not.toContain(folder.path)
  return error.code
}
describe('what a file is', () => {
  const expected: Record<MediaFormat, [string, boolean]> = {
    wav: ['audio/wav', false],
    mp3: ['audio/mpeg', false],
    mp4: ['video/mp4', true],
    m4a: ['audio/mp4', false],
    webm: ['audio/webm', false],
    flac: ['audio/flac', false],
    ogg: ['audio/ogg', false],
    mkv: ['audio/webm', false],
  }
  it.each(Object.keys(FORMATS) as MediaFormat[])('%s', async (format) => {
    const info = await probe(await makeMedia(folder.path, tone, { format }))
    const [contentType, hasVideo] = expected[format]
    expect(info).toMatchObject({ contentType, hasVideo, hasAudio: true })
    expect(Math.abs(info.durationSeconds - 10)).toBeLessThan(0.15)
  })

  it('counts where the file does not say how long it is', async () => {
    const bare = join(folder.path, 'bare.aac')
    const source = await written('source.wav', wav(tone))
    await ffmpeg(['-i', source, bare])
    const live = join(folder.path, 'live.webm')
    await ffmpeg(['-i', source, '-c:a', 'libopus', '-f', 'webm', '-live', '1', live])
    for (const path of [bare, live]) {
      const info = await probe(path)
      expect(Math.abs(info.durationSeconds - 10), path).toBeLessThan(0.2)
    }
  })

  it('takes a cover image for no video', async () => {
    const path = join(folder.path, 'cover.mp3')
    const source = await written('source.wav', wav(tone))
    const image = ['-f', 'lavfi', '-i', 'color=red:size=16x16:duration=0.1:rate=10']
    await ffmpeg(['-i', source, ...image, '-map', '0', '-map', '1', '-disposition:v', 'attached_pic', path])
    expect(await probe(path)).toMatchObject({ hasVideo: false, contentType: 'audio/mpeg' })
  })

  it('reads names that look like something else', async () => {
    for (const name of ['-y.wav', 'concat:a|b.wav', 'http:x.wav', 'ein Wort & $HOME.wav']) {
      expect(await probe(await written(name, wav(tone)))).toMatchObject({ contentType: 'audio/wav' })
    }
  })
})

describe('what is refused', () => {
  it('other things than media', async () => {
    expect(await refusal(await written('text.mp3', 'The quick brown fox.\n'.repeat(500)))).toBe('not_media')
    expect(await refusal(await written('empty.mp3', ''))).toBe('not_media')
    expect(await refusal(folder.path)).toBe('not_media')
    expect(await refusal(await written('noise.mp3', Buffer.from(toneAudio([], 2).buffer)))).toBe('not_media')
    const image = join(folder.path, 'image.png')
    await ffmpeg(['-f', 'lavfi', '-i', 'color=red:size=16x16', '-frames:v', '1', image])
    expect(await refusal(image)).toBe('not_media')
  })

  it('a video without sound', async () => {
    const path = join(folder.path, 'silent.mp4')
    await ffmpeg(['-f', 'lavfi', '-i', 'testsrc=size=64x48:rate=10:duration=1', path])
    expect(await refusal(path)).toBe('no_audio')
    expect(await probe(path, { needAudio: false })).toMatchObject({ hasAudio: false, hasVideo: true })
  })

  it('so few samples a second that days of them fit into a small file', async () => {
    expect(await refusal(await written('slow.wav', wav(tone, 1)))).toBe('unsupported_codec')
    expect(await refusal(await written('4000.wav', wav(tone, 4000)))).toBe('accepted')
  })

  it('more channels than can be mixed', async () => {
    const channels = (count: number): Buffer => {
      const bytes = wav(tone)
      bytes.writeUInt16LE(count, 22)
      bytes.writeUInt32LE(16_000 * 2 * count, 28)
      bytes.writeUInt16LE(2 * count, 32)
      return bytes
    }
    expect(await refusal(await written('64.wav', channels(64)))).toBe('accepted')
    for (const count of [65, 255]) {
      const path = await written(`${count}.wav`, channels(count))
      await expect(probe(path)).rejects.toMatchObject({
        code: 'unsupported_codec',
        message: expect.stringMatching(new RegExp(`${count} channels, and at most 64`)),
      })
    }
  })

  it('what is too long', async () => {
    const path = await written('long.wav', wav(tone))
    expect(await refusal(path, { maxSeconds: 9 })).toBe('too_long')
    expect(await refusal(path, { maxSeconds: 10 })).toBe('accepted')
  })

  it('files that are cut off, as far as their first bytes tell', async () => {
    for (const format of ['wav', 'mp3', 'mp4'] as const) {
      const whole = await readFile(await makeMedia(folder.path, tone, { format }))
      const path = await written(`cut.${format}`, whole.subarray(0, whole.length * 0.7))
      expect(await refusal(path), format).toBe('truncated')
    }
  })

  it('files whose headers are cut off', async () => {
    const table = await readFile(await makeMedia(folder.path, tone, { format: 'm4a' }))
    expect(await refusal(await written('table.m4a', table.subarray(0, -1000)))).toBe('truncated')
    const pages = await readFile(await makeMedia(folder.path, tone, { format: 'ogg' }))
    // Its first page of sound begins after the codec's own, some 4 kB.
    expect(await refusal(await written('pages.ogg', pages.subarray(0, 6000)))).toBe('truncated')
  })

  it('but not a wav whose writer could not go back to fill in its length', async () => {
    for (const length of [0, 0xffff_ffff]) {
      const bytes = wav(tone)
      bytes.writeUInt32LE(length, 40)
      expect(await refusal(await written('streamed.wav', bytes)), String(length)).toBe('accepted')
    }
  })
})

describe('files that are instructions', () => {
  const secret = 'secret.wav'
  const hostile: Record<string, (dir: string) => string> = {
    'list.m3u8': (d) =>
      `#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:10,\nfile://${d}/${secret}\n#EXT-X-ENDLIST\n`,
    'list.mp3': (d) => `#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n${d}/${secret}\n#EXT-X-ENDLIST\n`,
    'list.ffconcat': () => `ffconcat version 1.0\nfile ${secret}\n`,
    'list.wav': () => `ffconcat version 1.0\nfile ${secret}\n`,
    'list.mpd': () =>
      `<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT10S" profiles="urn:mpeg:dash:profile:isoff-on-demand:2011"><Period><AdaptationSet mimeType="audio/wav"><Representation id="1" bandwidth="1"><BaseURL>${secret}</BaseURL></Representation></AdaptationSet></Period></MPD>`,
    'list.sdp': () =>
      'v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio 5004 RTP/AVP 0\n',
    'list.pls': (d) => `[playlist]\nFile1=${d}/${secret}\n`,
  }
  it.each(Object.keys(hostile))('%s reads no other file', async (name) => {
    await written(secret, wav(tone))
    const path = await written(name, hostile[name]!(folder.path))
    expect(await refusal(path)).toBe('not_media')
    const decoded = decode(path).next()
    await expect(decoded).rejects.toMatchObject({ code: 'not_media' })
  })
})
