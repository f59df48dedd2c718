/** Captions in place of recognition, through the whole program: whose they are, when they count, and how they read. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ListTranscriptionsReply, TranscriptionReply } from '../../src/contract/native.ts'
import { DOUBLE_TEXT } from '../support/platform-double/index.ts'
import { type SocialClient, type SocialInstallation, socialClient, startSocial } from '../support/social.ts'

let installation: SocialInstallation
let client: SocialClient

beforeAll(async () => {
  installation = await startSocial()
  client = await socialClient(installation)
})
afterAll(() => installation?.close())

const FACEBOOK = 'https://www.facebook.com/watch/?v=1234567'
const TIKTOK = 'https://www.tiktok.com/@double/video/7000000000000000001'
const LINKEDIN = 'https://www.linkedin.com/posts/double_x-activity-7151241570371948544-4Gu7'

const youtube = (id: string): string => `https://www.youtube.com/watch?v=${id}`
const downloads = (requests: readonly string[], id: string): string[] =>
  requests.filter((each) => each.includes('videoplayback') && each.includes(id))
const timed = ({ transcript }: TranscriptionReply) => transcript?.segments

describe('people’s captions', () => {
  it.concurrent.each([
    ['YouTube, in the spoken language', { url: youtube('ccenAAAAAA1') }, 'Captions by people, in en', 'en'],
    [
      'YouTube, in the wanted language',
      { url: youtube('ccdeAAAAAA1'), language: 'de', mode: 'captions' },
      'Captions by people, in de',
      'de',
    ],
    [
      'Facebook',
      { url: `${FACEBOOK}002`, mode: 'captions', language: 'en' },
      'Caption of Facebook second & last',
      'en',
    ],
    [
      'Facebook, as its author’s editor wrote them',
      { url: `${FACEBOOK}003`, mode: 'captions', language: 'fr' },
      'Caption of Facebook, à l’été second & last',
      'fr',
    ],
  ])('%s', async (_, body, text, language) => {
    const done = await client.finished(body)
    expect(done).toMatchObject({ state: 'succeeded', captions: 'human', transcript: { text, language } })
    expect(done.modelUsed).toBe('captions:human')
    expect(downloads(installation.double.requests, body.url.slice(-11))).toEqual([])
  })

  it.concurrent('keep their times', async () => {
    const done = await client.finished({ url: `${FACEBOOK}012`, mode: 'automatic', language: 'en' })
    expect(timed(done)).toEqual([
      { start: 0, end: 2, text: 'Caption of Facebook' },
      { start: 2, end: 4, text: 'second & last' },
    ])
  })

  it.concurrent('come through SoScripted’s door as well', async () => {
    const { body } = await client.transcribe(youtube('ccenAAAAAA2'))
    expect(body).toMatchObject({
      ok: true,
      caption: {
        text: 'Captions by people, in en',
        segments: [{ start: 0, end: 2, text: 'Captions by people, in en' }],
      },
    })
  })
})

describe('automatic captions, where they are asked for', () => {
  it.concurrent('YouTube: rolling lines once, each up to the next', async () => {
    const done = await client.finished({ url: youtube('asrxAAAAAA1'), mode: 'automatic' })
    expect(done).toMatchObject({ captions: 'automatic', detectedLanguage: 'en' })
    expect(timed(done)).toEqual([
      { start: 0.5, end: 2, text: 'four seven' },
      { start: 2, end: 4.6, text: 'one one' },
      { start: 4.6, end: 7.6, text: '[Music]' },
    ])
  })

  it.concurrent.each([
    ['TikTok', TIKTOK, 'Caption of TikTok second & last'],
    ['LinkedIn', LINKEDIN, 'Caption of LinkedIn second & last'],
    ['Facebook', `${FACEBOOK}890`, 'Caption of Facebook second & last'],
  ])('%s', async (_, url, text) => {
    const done = await client.finished({ url, mode: 'automatic', language: 'en' })
    expect(done).toMatchObject({ state: 'succeeded', captions: 'automatic', transcript: { text } })
  })
})

describe('recognition instead', () => {
  it.concurrent.each([
    ['the captions are not of the spoken language', { url: youtube('spokAAAAAA1') }],
    ['a machine wrote them, and nobody asked for that', { url: youtube('asrxAAAAAA2'), mode: 'auto' }],
    ['nobody can tell who wrote them', { url: TIKTOK, mode: 'auto', language: 'en' }],
    ['speech is asked for', { url: youtube('ccenAAAAAA3'), mode: 'speech' }],
    ['their file cannot be had', { url: youtube('cc40AAAAAA1'), mode: 'auto', language: 'de' }],
  ])('where %s', async (_, body) => {
    const done = await client.finished(body)
    expect(done).toMatchObject({ state: 'succeeded', captions: null, transcript: { text: DOUBLE_TEXT } })
  })
})

describe('nothing but captions asked for, and there are none', () => {
  it.concurrent.each([
    ['of people', { url: youtube('asrxAAAAAA3'), mode: 'captions' }, 'The post has no human captions.'],
    [
      'in that language',
      { url: youtube('ccdeAAAAAA2'), mode: 'captions', language: 'it' },
      'The post has no human captions in “it”.',
    ],
    [
      'on Instagram',
      { url: 'https://www.instagram.com/reel/Cx-y_Z12345/', mode: 'automatic' },
      'The post has no captions.',
    ],
    [
      'on X',
      { url: 'https://x.com/double/status/1700000000000000001', mode: 'automatic' },
      'The post has no captions.',
    ],
    [
      'on Pinterest',
      { url: 'https://www.pinterest.com/pin/664281013778109217/', mode: 'captions' },
      'The post has no human captions.',
    ],
    [
      'whose file can be had',
      { url: youtube('cc40AAAAAA2'), mode: 'captions', language: 'de' },
      'The post has no captions of the wanted kind.',
    ],
  ])('%s', async (_, body, message) => {
    const done = await client.finished(body)
    expect(done).toMatchObject({ state: 'failed', error: { code: 'fetch.captions_missing', message } })
  })
})

it('what had no captions cost nothing, captions as much as recognition', async () => {
  const { items } = (await client.native.call<ListTranscriptionsReply>('GET', '/transcriptions?limit=100'))
    .body
  const delivered = items.filter((each) => each.state === 'succeeded').length
  expect(delivered).toBe(items.length - 6)
  expect(await client.credits()).toMatchObject({ pending: 0, posted: 1000 - delivered })
})
