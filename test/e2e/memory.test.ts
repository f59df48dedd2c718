/** Memory stays flat: hours of sound take the server little more than a minute of it. */
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { transcribe, uploadFile } from '../support/client.ts'
import { makeLong, makeMedia } from '../support/media.ts'
import { forgetPeak, memoryOf } from '../support/processes.ts'
import { newAccount, startServer, type TestServer, testFolder } from '../support/server.ts'
import { toneAudio, toneProgramme } from '../support/tone.ts'

const HOURS = 3
/** For ten hours the bound is 150 MB; their transcript is what grows. */
const MOST_OVER_A_MINUTE = 90e6

let folder: Awaited<ReturnType<typeof testFolder>>
let server: TestServer
let apiKey: string

beforeAll(async () => {
  folder = await testFolder()
  server = await startServer(folder.dataDir, { EARSHOT_MODEL: folder.model, EARSHOT_SLOTS: '2' })
  apiKey = (await newAccount(folder.dataDir, 5000)).apiKey
})
afterAll(async () => {
  await server?.stop()
  await folder?.remove()
})

async function peakOf(path: string): Promise<{ bytes: number; words: string[] }> {
  forgetPeak(server.pid)
  const { body: media } = await uploadFile(server.origin, apiKey, path)
  const { body } = await transcribe(server.origin, apiKey, { mediaId: media.mediaId })
  return { bytes: memoryOf(server.pid, 'peak'), words: body.transcript.split(' ') }
}

it.runIf(process.platform === 'linux')(`${HOURS} hours beside one minute, word for word`, async () => {
  const spoken = toneProgramme(1, 60)
  const minute = await makeMedia(folder.dataDir, toneAudio(spoken, 60), { format: 'flac', name: 'minute' })
  const long = join(folder.dataDir, 'long.mka')
  await makeLong(minute, long, HOURS * 60)

  await peakOf(minute) // the first one also loads what is loaded once
  const short = await peakOf(minute)
  const hours = await peakOf(long)
  const minutes = Array.from({ length: HOURS * 60 }, () => short.words)
  expect(hours.words).toEqual(minutes.flat())
  expect(hours.bytes - short.bytes).toBeLessThan(MOST_OVER_A_MINUTE)
})
