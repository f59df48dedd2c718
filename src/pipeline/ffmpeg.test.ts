import { describe, expect, it } from 'vitest'
import { commandOf, descendantsOf } from '../../test/support/processes.ts'
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

it.each(['SIGTERM', 'SIGINT', 'SIGKILL'] as const)(
  'ffmpeg ended from outside by %s is known as that',
  async (signal) => {
    const marked = `sine=frequency=4${signal.length}7`
    const tool = start('ffmpeg', [
      '-nostdin',
      '-v',
      'error',
      '-re',
      '-f',
      'lavfi',
      '-i',
      marked,
      '-f',
      's16le',
      '-',
    ])
    await new Promise((begun) => tool.stdout.once('data', begun))
    const pid = descendantsOf(process.pid).find((each) => commandOf(each).includes(marked))!
    process.kill(pid, signal)
    tool.stdout.resume()
    await expect(tool.exited).rejects.toMatchObject({ name: 'ToolKilled' })
  },
)
