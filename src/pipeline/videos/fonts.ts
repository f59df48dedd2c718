/** Whether the fonts of this machine have what the subtitles say: the renderer itself is asked, by a trial. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DomainError } from '../../domain/errors.ts'
import { assFile } from '../../domain/transcripts/ass.ts'
import { start } from '../ffmpeg.ts'

const TRIAL = 'fonts.ass'
const FRAME = { width: 1280, height: 720 }
const MB = 1024 * 1024
const LIMITS = { memoryBytes: 1024 * MB, cpuSeconds: 120, fileBytes: 64 * MB, openFiles: 256 }

/** A line for each character: those of the largest fonts, of which there are 100,000, take 10 MB. */
const MOST_SAID = 16 * MB

/** What libass says of each character that none of the fonts has. */
const MISSING = /fallback with glyph 0x([0-9a-f]{1,6})|Glyph 0x([0-9a-f]{1,6}) not found in font/gi

/** This one is looked for where there is no font at all. */
const NO_FONT = 0

/**
 * The characters of a text that no font has. libass would draw boxes in their place.
 * @param folder for the trial's file
 */
export async function charactersWithoutFont(
  text: string,
  folder: string,
  signal: AbortSignal,
): Promise<Set<string>> {
  const characters = [...new Set(text)].filter((each) => !/[\p{C}\p{Z}]/u.test(each))
  await writeFile(join(folder, TRIAL), trialOf(characters.join('')))
  const filter = `color=c=black:s=${FRAME.width}x${FRAME.height}:r=1:d=1,ass=${TRIAL}`
  const args = ['-nostdin', '-v', 'warning', '-f', 'lavfi', '-i', filter, '-frames:v', '1', '-f', 'null', '-']
  const ffmpeg = start('ffmpeg', args, undefined, { limits: LIMITS, cwd: folder, heard: MOST_SAID })
  signal.addEventListener('abort', ffmpeg.kill)
  ffmpeg.stdout.resume()
  const code = await ffmpeg.exited.finally(() => signal.removeEventListener('abort', ffmpeg.kill))
  signal.throwIfAborted()
  const said = ffmpeg.complaints()
  if (code !== 0)
    throw new DomainError(
      'internal',
      'The fonts cannot be tried.',
      {},
      { cause: new Error(said.slice(-1000)) },
    )
  const codes = [...said.matchAll(MISSING)].map(([, a, b]) => Number.parseInt(a ?? b!, 16))
  return new Set(codes.includes(NO_FONT) ? characters : codes.map((code) => String.fromCodePoint(code)))
}

/** All at once, in one frame: what overflows is looked up all the same. */
const trialOf = (text: string): string =>
  assFile([{ start: 0, end: 5, lines: [text] }], FRAME, { letter: 20, position: 'top' })
