import { type FileHandle, open } from 'node:fs/promises'

/** Bytes read at once, which often include the next headers. */
const READ = 512 * 1024
/** Bytes that are searched at once. */
const SEARCHED = 128 * 1024

/** Random access to a file of which most is skipped. */
export class FileBytes {
  readonly size: number
  readonly #file: FileHandle
  #from = 0
  #read: Buffer = Buffer.alloc(0)

  static async open(path: string): Promise<FileBytes> {
    const file = await open(path)
    try {
      return new FileBytes(file, (await file.stat()).size)
    } catch (error) {
      await file.close()
      throw error
    }
  }

  private constructor(file: FileHandle, size: number) {
    this.#file = file
    this.size = size
  }

  /** Fewer where the file ends. @param length at most `READ` */
  async at(from: number, length: number): Promise<Buffer> {
    const wanted = Math.max(0, Math.min(length, this.size - from))
    if (from < this.#from || from + wanted > this.#from + this.#read.length) await this.#fill(from)
    return this.#read.subarray(from - this.#from, from - this.#from + wanted)
  }

  /** The same without waiting, if it has been read already: for files that are looked at in a million places. */
  held(from: number, length: number): Buffer | undefined {
    const at = from - this.#from
    return at >= 0 && at + length <= this.#read.length ? this.#read.subarray(at, at + length) : undefined
  }

  /** All from a place on, each time with the first `overlap` bytes of what comes next. */
  async *from(start: number, overlap: number): AsyncGenerator<{ at: number; bytes: Buffer }> {
    const step = SEARCHED - overlap
    for (let at = start; at < this.size; at += step) yield { at, bytes: await this.at(at, SEARCHED) }
  }

  close(): Promise<void> {
    return this.#file.close()
  }

  async #fill(from: number): Promise<void> {
    const { buffer, bytesRead } = await this.#file.read(Buffer.allocUnsafe(READ), 0, READ, from)
    this.#from = from
    this.#read = buffer.subarray(0, bytesRead)
  }
}
