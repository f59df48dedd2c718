import type { Asked } from './answer.ts'

const FILES = {
  vtt: (who: string) =>
    `WEBVTT\nKind: captions\n\n1\n00:00.000 --> 00:02.000 align:start\n<c>Caption of</c> ${who}\n\n` +
    `00:02.000 --> 00:04.000\n<i>second</i> &amp; last\n`,
  srt: (who: string) =>
    `1\n00:00:00,000 --> 00:00:02,000\nCaption of ${who}\n\n2\n00:00:02,000 --> 00:00:04,000\nsecond &amp; last\n`,
}

export function captionFile(
  { response }: Asked,
  format: keyof typeof FILES,
  who: string,
  encoding: 'utf-8' | 'windows-1252' = 'utf-8',
): boolean {
  response.writeHead(200, { 'content-type': format === 'vtt' ? 'text/vtt' : 'application/x-subrip' })
  const text = FILES[format](who)
  response.end(encoding === 'utf-8' ? text : Buffer.from(text.replaceAll('’', '\x92'), 'latin1'))
  return true
}

/** As YouTube's recogniser writes: lines that stay up while the next comes, and appended line breaks. */
export const ROLLING_JSON3 = {
  wireMagic: 'pb3',
  events: [
    { tStartMs: 0, dDurationMs: 8000, id: 1, wpWinPosId: 1 },
    {
      tStartMs: 500,
      dDurationMs: 3000,
      wWinId: 1,
      segs: [{ utf8: 'four' }, { utf8: ' seven', tOffsetMs: 700 }],
    },
    { tStartMs: 2000, dDurationMs: 1500, wWinId: 1, aAppend: 1, segs: [{ utf8: '\n' }] },
    {
      tStartMs: 2000,
      dDurationMs: 3600,
      wWinId: 1,
      segs: [{ utf8: 'one' }, { utf8: ' one', tOffsetMs: 800 }],
    },
    { tStartMs: 4600, dDurationMs: 1000, wWinId: 1, aAppend: 1, segs: [{ utf8: '\n' }] },
    { tStartMs: 4600, dDurationMs: 3000, wWinId: 1, segs: [{ utf8: '[Music]' }] },
  ],
}
