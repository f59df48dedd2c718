/** The real program, with current yt-dlp, and the seven platforms' double as its whole internet. */
import type { CreditsReply } from '../../src/contract/account.ts'
import type { TranscriptionReply } from '../../src/contract/native.ts'
import { type NativeClient, nativeClient } from './native.ts'
import { type PlatformDouble, startPlatformDouble } from './platform-double/index.ts'
import { type Env, newAccount, startServer, type TestServer, testFolder } from './server.ts'
import { ytDlpCommand } from './yt-dlp.ts'

export interface SocialInstallation {
  double: PlatformDouble
  server: TestServer
  dataDir: string
  close(): Promise<void>
}

export async function startSocial(env: Env = {}): Promise<SocialInstallation> {
  const folder = await testFolder()
  const double = await startPlatformDouble()
  const server = await startServer(folder.dataDir, {
    EARSHOT_MODEL: folder.model,
    EARSHOT_SLOTS: '1',
    EARSHOT_YTDLP: await ytDlpCommand(),
    EARSHOT_EGRESS_DIAL: `127.0.0.1:${double.port}`,
    EARSHOT_EGRESS_CA: double.caFile,
    ...env,
  })
  return {
    double,
    server,
    dataDir: folder.dataDir,
    async close() {
      await server.stop()
      await double.close()
      await folder.remove()
    },
  }
}

export interface PublicAnswer {
  status: number
  body: {
    ok?: true
    caption?: { text: string; segments: { start: number; end: number; text: string }[] }
    error?: string
  }
}

/** One account's two ways in: SoScripted's door and the native API. */
export interface SocialClient {
  native: NativeClient
  /** `POST /api/public/transcribe` */
  transcribe(url: string, init?: { signal?: AbortSignal; body?: object }): Promise<PublicAnswer>
  /** Over the native API, to its end. */
  finished(body: Record<string, unknown>): Promise<TranscriptionReply>
  credits(): Promise<Pick<CreditsReply, 'posted' | 'pending'>>
}

export async function socialClient(
  { server, dataDir }: SocialInstallation,
  credits = 1000,
): Promise<SocialClient> {
  const { apiKey } = await newAccount(dataDir, credits)
  const native = nativeClient(server.origin, apiKey)
  return {
    native,
    async transcribe(url, { signal, body } = {}) {
      const answer = await fetch(`${server.origin}/api/public/transcribe`, {
        method: 'POST',
        headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
        body: JSON.stringify({ url, ...body }),
        ...(signal && { signal }),
      })
      return { status: answer.status, body: (await answer.json()) as PublicAnswer['body'] }
    },
    async finished(body) {
      const made = await native.call<TranscriptionReply>('POST', '/transcriptions', body)
      if (made.status !== 202) throw new Error(JSON.stringify(made.body))
      return native.ended(made.body.id)
    },
    async credits() {
      const { posted, pending } = (await native.call<CreditsReply>('GET', '/credits')).body
      return { posted, pending }
    },
  }
}
