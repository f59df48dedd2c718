import { describe, expect, it } from 'vitest'
import { start } from './ffmpeg.ts'

async function* endless(): AsyncGenerator<Buffer> {
  for (;;) yield Buffer.alloc(64 * 1024)
}

describe('a program that is fed', () => {
  it('may end before its input does', async () => {
    const tool = start('ffmpeg', ['-version'], endless())
    tool.stdout.resume()
    expect(await tool.exited).toBe(0)
  })

  it('ends the input, whatever is left of it', async () => {
    let ended = false
    const noted = async function* (): AsyncGenerator<Buffer> {
      try {
        yield* endless()
      } finally {
        ended = true
      }
    }
    const tool = start('ffmpeg', ['-version'], noted())
    tool.stdout.resume()
    await tool.exited
    expect(ended).toBe(true)
  })

  it('is ended by an input that fails, which is what is heard of', async () => {
    const failing = async function* (): AsyncGenerator<Buffer> {
      yield Buffer.alloc(10)
      throw new Error('the disk is gone')
    }
    const tool = start('ffmpeg', ['-v', 'quiet', '-i', 'pipe:0', '-f', 'null', '-'], failing())
    tool.stdout.resume()
    await expect(tool.exited).rejects.toThrow('the disk is gone')
  })
})
