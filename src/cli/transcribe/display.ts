/** How far the work is, on a terminal: a line for each recording that is being heard, and one for all. */
import { stripVTControlCharacters } from 'node:util'

const BAR_WIDTH = 24
const MOST_LINES = 8
/** More often nobody reads it. */
const REDRAW_MS = 100

interface Terminal {
  columns?: number
  write(text: string): unknown
}

export class Display {
  readonly #terminal: Terminal
  readonly #total: number
  readonly #running = new Map<string, number>()
  #ended = 0
  #note = ''
  #drawn = 0
  #timer: NodeJS.Timeout | undefined

  /** @param total recordings; infinite: nobody knows */
  constructor(terminal: Terminal, total: number) {
    this.#terminal = terminal
    this.#total = total
  }

  /** @param fraction 0 to 1; one that is less than was shown already is passed over */
  progress(name: string, fraction: number): void {
    this.#note = ''
    this.#running.set(name, Math.max(this.#running.get(name) ?? 0, Math.min(1, fraction)))
    this.#redraw()
  }

  ended(name: string): void {
    this.#running.delete(name)
    this.#ended++
    this.#redraw()
  }

  /** What takes a while before there is any progress. */
  note(text: string): void {
    this.#note = text
    this.#redraw()
  }

  /** Writes what stays, above what is drawn. */
  print(write: () => void): void {
    this.#erase()
    write()
    this.#redraw()
  }

  close(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#erase()
  }

  #redraw(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      this.#erase()
      const lines = this.#lines()
      this.#terminal.write(lines.map((line) => `${line}\n`).join(''))
      this.#drawn = lines.length
    }, REDRAW_MS).unref()
  }

  #erase(): void {
    if (this.#drawn > 0) this.#terminal.write(`\u001b[${this.#drawn}A\u001b[J`)
    this.#drawn = 0
  }

  #lines(): string[] {
    const width = (this.#terminal.columns ?? 80) - 1
    const running = [...this.#running].slice(0, MOST_LINES)
    const lines = running.map(
      ([name, fraction]) => `${bar(fraction)} ${fitting(name, width - BAR_WIDTH - 7)}`,
    )
    if (this.#total > 1 && Number.isFinite(this.#total)) {
      const sum = [...this.#running.values()].reduce((total, each) => total + each, this.#ended)
      lines.push(`${bar(sum / this.#total)} ${this.#ended} of ${this.#total} done`)
    }
    if (this.#note !== '') lines.push(fitting(this.#note, width))
    return lines
  }
}

function bar(fraction: number): string {
  const full = Math.floor(fraction * BAR_WIDTH)
  return `${'█'.repeat(full)}${'░'.repeat(BAR_WIDTH - full)} ${String(Math.floor(fraction * 100)).padStart(3)} %`
}

/** The end of a name says more than its beginning. */
function fitting(text: string, width: number): string {
  const letters = [...stripVTControlCharacters(text).replace(/\p{Cc}/gu, ' ')]
  return letters.length <= width ? letters.join('') : `…${letters.slice(letters.length - width + 1).join('')}`
}
