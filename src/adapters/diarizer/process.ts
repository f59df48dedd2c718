import { EngineError } from '../../ports/engine.ts'
import { afterAwake } from '../../processes/awake-limit.ts'
import { killedFromOutside, siblingModule, startChild } from '../../processes/child.ts'
import type { FromDiarizer, HeardBlock, ToDiarizer, VoiceModels } from './protocol.ts'

export interface Block {
  pcm: Int16Array
  /** See `ToDiarizer`. */
  fine: boolean
}

export interface DiarizerProcess {
  readonly pid: number | null
  readonly ended: Promise<string>
  /**
   * Asked for one block at a time.
   * @throws EngineError: after `failed` the process is as good as before, after anything else it is gone
   */
  listen(block: Block, deadlineMs: number): Promise<HeardBlock>
  kill(): void
}

interface Waiting {
  resolve(heard: HeardBlock): void
  reject(error: EngineError): void
}

/** Starts the process that tells voices apart. */
export function startProcess(models: VoiceModels, threads: number): DiarizerProcess {
  const child = startChild(siblingModule('diarizer.host', import.meta.url))
  let waiting: Waiting | undefined
  let gone: EngineError | undefined

  function end(error: EngineError): void {
    gone ??= error
    waiting?.reject(gone)
    waiting = undefined
    child.kill()
  }

  child.onMessage((message) => {
    const heard = message as FromDiarizer
    if (heard.kind === 'refused')
      end(
        new EngineError(
          'unavailable',
          `the models that tell speakers apart cannot be loaded: ${heard.message}`,
        ),
      )
    if (heard.kind === 'heard') waiting?.resolve(heard.heard)
    if (heard.kind === 'failed')
      waiting?.reject(new EngineError('failed', `the speakers cannot be told apart: ${heard.message}`))
  })
  void child.ended.then((how) =>
    end(
      new EngineError('crashed', `the process that tells speakers apart ${how}`, {
        cause: killedFromOutside('the process that tells speakers apart', how),
      }),
    ),
  )
  child.send({ kind: 'load', models, threads } satisfies ToDiarizer)

  return {
    pid: child.pid,
    ended: child.ended,
    kill: child.kill,
    async listen(block, deadlineMs) {
      if (gone) throw gone
      const late = new EngineError('hung', 'the process that tells speakers apart did not answer in time')
      const stopLimit = afterAwake(deadlineMs, () => end(late))
      try {
        return await new Promise<HeardBlock>((resolve, reject) => {
          waiting = { resolve, reject }
          child.send({ kind: 'block', ...block } satisfies ToDiarizer)
        })
      } finally {
        stopLimit()
        waiting = undefined
      }
    },
  }
}
