/** Posts on the dashboard: accounts on other platforms, drafts of what was said, and when they are published. */
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { SIZES } from '../support/browser.ts'
import { upload } from '../support/client.ts'
import { type Dashboard, expectSound, heading, makeLogin, openDashboard } from '../support/dashboard.ts'
import { nativeClient } from '../support/native.ts'
import { BlueskyDouble, HookDouble, MastodonDouble } from '../support/post-doubles.ts'
import { toneAudio, toneProgramme, wav } from '../support/tone.ts'

const SMALL = { width: 360, height: 740 }
const [mastodon, bluesky, hook] = [new MastodonDouble(), new BlueskyDouble(), new HookDouble()]
const words = toneProgramme(3, 8)
const said = words.map(({ word }) => word).join(' ')

let dashboard: Dashboard
let owner: Page
let transcriptionId: string

beforeAll(async () => {
  const allowed = await Promise.all([mastodon, bluesky, hook].map((each) => each.listen()))
  dashboard = await openDashboard({ EARSHOT_SLOTS: '1', EARSHOT_POST_ALLOW: allowed.join(',') })
  owner = dashboard.owner
  const { origin, apiKey } = dashboard.server
  const media = await upload(origin, apiKey, Buffer.from(wav(toneAudio(words, 8))), 'talk.wav')
  const client = nativeClient(origin, apiKey)
  const made = await client.call<{ id: string }>('POST', '/transcriptions', { mediaId: media.body.mediaId })
  transcriptionId = (await client.ended(made.body.id)).id
})
afterAll(async () => {
  await dashboard?.close()
  for (const each of [mastodon, bluesky, hook]) each.close()
})
afterEach(() => expect(dashboard.browser.takeFaults()).toEqual([]))

const button = (name: string | RegExp, on = owner) => on.getByRole('button', { name, exact: true })
const inDialog = (name: string) => owner.getByRole('dialog').getByRole('button', { name, exact: true })
const tab = (name: string) => owner.getByRole('tab', { name })
const text = (label: string) => owner.getByRole('textbox', { name: label, exact: true })

/** On a small phone and on a desk. */
async function look(): Promise<void> {
  for (const viewport of [SMALL, SIZES.desktop]) {
    await owner.setViewportSize(viewport)
    await expectSound(owner)
  }
}

async function connect(platform: string, fields: Record<string, string>): Promise<void> {
  await button('Connect account').click()
  await owner.getByLabel('Platform').selectOption({ label: platform })
  for (const [label, value] of Object.entries(fields))
    await owner.getByRole('dialog').getByLabel(label).first().fill(value)
  await inDialog('Connect account').click()
}

it('connects accounts, tests them, and says what is wrong', async () => {
  await owner.goto('/')
  await owner.getByRole('link', { name: 'Posts' }).click()
  await heading(owner, 'Posts').waitFor()
  await owner.getByText('No posts in this month').waitFor()
  await look()
  await tab('Accounts').click()
  await owner.getByText('No accounts yet').waitFor()
  await connect('Mastodon', { Server: mastodon.origin, 'Access token': 'wrong' })
  await owner.getByText('refuses the access token').waitFor()
  await look()
  await owner.getByRole('dialog').getByLabel('Access token').first().fill(mastodon.token)
  await inDialog('Connect account').click()
  await button(`Test @olga@${new URL(mastodon.origin).host}`).waitFor()
  await connect('Bluesky', {
    Server: bluesky.origin,
    'Handle or e-mail address': 'olga.example.com',
    'App password': bluesky.password,
  })
  await button('Test @olga.example.com').click()
  await owner.getByText('It works.').waitFor()
  await connect('Webhook', { Address: `${hook.origin}/hook` })
  await owner.getByText('Copy it now: it is not shown again.').waitFor()
  hook.faults.push({ status: 500, body: { error: 'no such flow' } })
  const test = button(`Test ${new URL(hook.origin).host}`)
  await test.click()
  await owner.getByText('answered 500: no such flow').waitFor()
  await look()
  await test.click()
  await owner.getByText('It accepted the test.').waitFor()
})

it('makes a draft of a transcript, shows each platform’s lengths, and publishes it', async () => {
  await owner.goto(`/transcripts/${transcriptionId}`)
  await button('Post').click()
  await owner.getByLabel('@olga.example.com').check()
  await owner.getByLabel(`@olga@${new URL(mastodon.origin).host}`).check()
  await look()
  await inDialog('Make draft').click()
  await heading(owner, 'Draft').waitFor()
  expect((await text('Text').inputValue()).replaceAll(/\s/g, '')).toBe(said.replaceAll(' ', ''))
  await text('Text').fill('x'.repeat(301))
  await owner.getByText('Bluesky: 301 of 300, too long').waitFor()
  await owner.getByText('Mastodon: 301 of 500', { exact: true }).waitFor()
  expect(await button('Publish now').isDisabled()).toBe(true)
  await look()
  await text('Text').fill('Look: https://a.io')
  // A link is 23 characters on Mastodon, however short it is.
  await owner.getByText('Mastodon: 29 of 500', { exact: true }).waitFor()
  await owner.getByText('Bluesky: 18 of 300', { exact: true }).waitFor()
  await button('Add a post to the thread').click()
  await text('Post 2 of 2').fill('And more')
  await button('Publish now').click()
  await heading(owner, 'Posts').waitFor()
  const link = owner.getByRole('link', { name: 'Open the post' })
  await expect.poll(() => link.count(), { timeout: 60_000 }).toBe(2)
  expect(await link.first().getAttribute('href')).toMatch(/^http/)
  expect(mastodon.statuses.map((each) => each.text)).toEqual(['Look: https://a.io', 'And more'])
  expect(bluesky.posts.map(({ record }) => record.text)).toEqual(['Look: https://a.io', 'And more'])
})

/** A field of a day and a time takes these, in the browser’s time zone, which is UTC here. */
const fieldTime = (at: Date): string => at.toISOString().slice(0, 16)

/** Writes a post to the webhook, and opens its draft. */
async function write(words: string): Promise<void> {
  await owner.goto('/posts')
  await button('Write a post').click()
  await owner.getByLabel(new URL(hook.origin).host).check()
  await owner.getByRole('dialog').getByLabel('Text').fill(words)
  await inDialog('Make draft').click()
  await heading(owner, 'Draft').waitFor()
  await text('Text').waitFor()
}

it('keeps a draft as it was left, schedules it, and cancels the post', async () => {
  await write('Later')
  await text('Text').fill('Later today, or tomorrow')
  await owner.getByRole('link', { name: 'All drafts' }).click()
  await owner.getByRole('link', { name: 'Later today, or tomorrow' }).waitFor()
  // The dialog that it was written in is gone, and does not open again here.
  expect(await owner.getByRole('dialog').count()).toBe(0)
  await look()
  await owner.reload()
  await owner.getByRole('link', { name: 'Later today, or tomorrow' }).click()
  await owner.getByLabel('At a time of your choice').check()
  const at = new Date(Date.now() + 3 * 3_600_000)
  await owner.getByLabel('Day and time').fill(fieldTime(at))
  await look()
  await button('Schedule').click()
  await heading(owner, 'Posts').waitFor()
  if (at.getUTCMonth() !== new Date().getUTCMonth()) await button('Next month').click()
  const post = owner.getByRole('listitem').filter({ hasText: 'Later today, or tomorrow' })
  await post.getByText('Scheduled', { exact: true }).waitFor()
  await owner.getByRole('button', { name: /: .*1 scheduled/ }).click()
  await look()
  await post.getByRole('button', { name: 'Cancel post' }).click()
  await inDialog('Cancel post').click()
  await post.getByText('Cancelled', { exact: true }).waitFor()
  await post.getByRole('button', { name: 'Make a new draft' }).click()
  await heading(owner, 'Draft').waitFor()
  await expect.poll(() => text('Text').inputValue()).toBe('Later today, or tomorrow')
  expect(JSON.stringify([...hook.taken.values()])).not.toContain('Later today')
})

it('says why a post failed, and tries it again', async () => {
  await write('A second post')
  hook.faults.push({ status: 422, body: { error: 'the flow is off' } })
  await button('Publish now').click()
  const post = owner.getByRole('listitem').filter({ hasText: 'the flow is off' })
  await post.getByText('Failed', { exact: true }).waitFor()
  await post.getByRole('button', { name: 'Show attempts' }).click()
  await post.getByRole('list', { name: 'Attempts' }).getByText('the flow is off').waitFor()
  await look()
  await post.getByRole('button', { name: 'Try again' }).click()
  await owner
    .getByRole('listitem')
    .filter({ hasText: 'A second post' })
    .getByRole('link', { name: 'Open the post' })
    .waitFor({ timeout: 60_000 })
})

it('removes an account', async () => {
  await owner.goto('/posts?part=accounts')
  await button('Remove @olga.example.com').click()
  await inDialog('Remove account').click()
  await button('Remove @olga.example.com').waitFor({ state: 'detached' })
})

it('is not there for members: neither in the menu nor beside a transcript', async () => {
  await owner.goto('/settings')
  await button('Make link').click()
  const link = await owner.getByTestId('value').textContent()
  const member = await dashboard.browser.visitor(dashboard.server.origin)
  await member.goto(String(link))
  await makeLogin(member, { name: 'Mia', email: 'mia@example.com', password: 'forty-two-green-frogs' })
  expect(await member.getByRole('link', { name: 'Posts' }).count()).toBe(0)
  await member.goto('/posts')
  await heading(member, 'Transcribe').waitFor()
  await member.goto(`/transcripts/${transcriptionId}`)
  await button('Share', member).waitFor()
  expect(await button('Post', member).count()).toBe(0)
  await member.context().close()
})
