import { transcribe, uploadFile } from '../test/support/client.ts'
import { type Env, newAccount, startServer } from '../test/support/server.ts'

/** The real program with an account that can pay for a bench. */
export interface BenchServer {
  origin: string
  pid: number
  apiKey: string
  /** Upload and transcription, as a client sees them. Gives the text. */
  transcribe(recording: string, options?: { language: string }): Promise<string>
  stop(): Promise<unknown>
}

export async function startBenchServer(dataDir: string, env: Env): Promise<BenchServer> {
  const { origin, pid, stop } = await startServer(dataDir, { ...UNLIMITED, ...env })
  const { apiKey } = await newAccount(dataDir, 1_000_000)
  return {
    origin,
    pid,
    apiKey,
    stop,
    async transcribe(recording, options) {
      const media = await uploadFile(origin, apiKey, recording)
      const { status, body } = await transcribe(origin, apiKey, { mediaId: media.body.mediaId, ...options })
      if (status !== 200)
        throw new Error(`the server answered ${status}: ${JSON.stringify(body).slice(0, 300)}`)
      return body.transcript
    },
  }
}

/** One account does all the work of a bench at once. */
const UNLIMITED: Env = { EARSHOT_RATE_LIMITS: 'off' }
