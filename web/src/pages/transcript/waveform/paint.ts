import { type Colours, voiceColour } from './colours.ts'
import { columnsOf, type Peaks, type Span } from './peaks.ts'
import { type Scene, voiceAt } from './scene.ts'

/** Of the height, for what was found and for what is doubtful. */
const MARGIN = 0.14
/** So that silence is a line, and quiet speech is more than one. */
const curve = (level: number): number => Math.max(0.02, level ** 0.7)

export interface Sheet {
  context: CanvasRenderingContext2D
  /** Device pixels. */
  width: number
  height: number
  ratio: number
}

/** Draws what lies between two seconds. @param peaks undefined: only where something is said is known */
export function paint(
  sheet: Sheet,
  span: Span,
  { peaks, scene, colours }: { peaks: Peaks | undefined; scene: Scene; colours: Colours },
): void {
  const { context, width, height, ratio } = sheet
  context.clearRect(0, 0, width, height)
  const x = (seconds: number): number => ((seconds - span.from) / (span.to - span.from)) * width
  if (scene.quote) {
    context.fillStyle = colours.quote
    context.fillRect(x(scene.quote.from), 0, Math.max(2, x(scene.quote.to) - x(scene.quote.from)), height)
  }
  paintSound(sheet, span, { peaks, scene, colours })
  const [above, below] = [height * MARGIN, height * (1 - MARGIN)]
  const ticks = (at: readonly number[], colour: string, top: number, bottom: number, thick: number): void => {
    context.fillStyle = colour
    let last = Number.NEGATIVE_INFINITY
    for (const seconds of at) {
      const left = Math.round(x(seconds))
      // Of thousands within a pixel one is enough.
      if (left === last || left < -thick || left > width) continue
      last = left
      context.fillRect(left, top, thick, bottom - top)
    }
  }
  ticks(scene.chapters, colours.chapter, 0, height, ratio)
  ticks(scene.hits, colours.hit, 0, above, 2 * ratio)
  ticks(scene.doubts, colours.doubt, below + 2 * ratio, height, ratio)
}

/** A bar for every two pixels of the page, in the colour of whoever speaks. */
function paintSound(
  { context, width, height, ratio }: Sheet,
  span: Span,
  { peaks, scene, colours }: { peaks: Peaks | undefined; scene: Scene; colours: Colours },
): void {
  const bar = 2 * ratio
  const count = Math.max(1, Math.floor(width / bar))
  const levels = peaks && columnsOf(peaks, span, count)
  const step = (span.to - span.from) / count
  const most = height * (1 - 2 * MARGIN)
  for (let k = 0; k < count; k++) {
    const voice = voiceAt(scene, span.from + (k + 0.5) * step)
    const tall = Math.max(ratio, curve(levels?.[k] ?? (voice === undefined ? 0 : 0.3)) * most)
    context.fillStyle = voice === undefined ? colours.pause : voiceColour(colours, voice)
    context.fillRect(k * bar, (height - tall) / 2, bar - ratio / 2, tall)
  }
}
