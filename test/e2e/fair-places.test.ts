/** One account's downloads that never come take no place from what others send, nor from what needs no download. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { TranscriptionReply } from '../../src/contract/native.ts'
import { upload } from '../support/client.ts'
import { DOUBLE_TEXT } from '../support/platform-double/index.ts'
import { newAccount } from '../support/server.ts'
import { type SocialInstallation, socialClient, startSocial } from '../support/social.ts'
import { toneAudio, toneProgramme, wav } from '../support/tone.ts'

const GREEDY = 20
const POLL = { timeout: 50_000, interval: 50 }

let installation: SocialInstallation
beforeAll(async () => {
  installation = await startSocial({ EARSHOT_JOBS: '1' })
})
afterAll(() => installation?.close())

it('twenty links that stall', async () => {
  const { double, server, dataDir } = installation
  const greedy = await socialClient(installation)
  const stalling: string[] = []
  for (let n = 10; n < 10 + GREEDY; n++) {
    const url = `https://www.youtube.com/watch?v=stalAAAAA${n}`
    stalling.push((await greedy.native.call<TranscriptionReply>('POST', '/transcriptions', { url })).body.id)
  }
  const asked = (): number => double.requests.filter((each) => /videoplayback\?id=stal/.test(each)).length
  await expect.poll(asked, POLL).toBeGreaterThan(0)

  const other = await socialClient(installation)
  const linked = await other.finished({ url: 'https://www.youtube.com/watch?v=goodAAAAA01', mode: 'speech' })
  expect(linked).toMatchObject({ state: 'succeeded', transcript: { text: DOUBLE_TEXT } })

  const { apiKey } = await newAccount(dataDir)
  const words = toneProgramme(5, 90)
  const { mediaId } = (await upload(server.origin, apiKey, new Uint8Array(wav(toneAudio(words, 90))))).body
  const { status, body } = await greedy.native.call<TranscriptionReply>(
    'GET',
    `/transcriptions/${stalling[0]}`,
  )
  expect({ status, state: body.state }).toEqual({ status: 200, state: 'running' })
  const heard = await fetch(`${server.origin}/v1/ai/transcribe`, {
    method: 'POST',
    headers: { 'soku-api-key': apiKey, 'content-type': 'application/json' },
    body: JSON.stringify({ mediaId }),
  })
  expect(await heard.json()).toMatchObject({ transcript: words.map(({ word }) => word).join(' ') })
  for (const id of stalling) await greedy.native.call('DELETE', `/transcriptions/${id}`)
})
