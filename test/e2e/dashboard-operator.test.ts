/** The operator's page in a real browser: models fetched from a mirror, accounts made, and what each may see. */
import { cp } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { PROTOCOL_HEADER, RUNNER_PROTOCOL } from '../../src/contract/runner.ts'
import { upload } from '../support/client.ts'
import { type Dashboard, expectSound, heading, makeLogin, openDashboard } from '../support/dashboard.ts'
import { nativeClient } from '../support/native.ts'
import { toneAudio, wav } from '../support/tone.ts'

let mirror: Mirror
let dashboard: Dashboard
let owner: Page

beforeAll(async () => {
  mirror = await startMirror()
  // Two of the catalogue's models are there already, as far as the library looks: a manifest in a folder.
  dashboard = await openDashboard(
    { EARSHOT_MODELS_URL: mirror.url, EARSHOT_YTDLP: 'yt-dlp' },
    async (dataDir) => {
      for (const name of ['moonshine-tiny', 'whisper-tiny'])
        await cp(join(dataDir, '../model'), join(dataDir, 'models', name), { recursive: true })
    },
  )
  owner = dashboard.owner
})
afterAll(async () => {
  await dashboard?.close()
  mirror?.close()
})
afterEach(() => expect(dashboard.browser.takeFaults()).toEqual([]))

const openPart = async (name: 'Overview' | 'Models' | 'Accounts'): Promise<void> => {
  await owner.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Operator' }).click()
  await heading(owner, 'Operator').waitFor()
  await owner.getByRole('tab', { name }).click()
}

describe('the overview', () => {
  it('shows the engine, the queue, and what the doctor finds', async () => {
    await openPart('Overview')
    await owner.getByRole('list', { name: 'Workers' }).getByText('model', { exact: true }).waitFor()
    await owner.getByText('nothing waits').waitFor()
    await owner.getByRole('list', { name: 'Checks' }).getByText('ffmpeg').waitFor()
    await owner.getByRole('button', { name: 'Check again' }).click()
    await expectSound(owner)
  })

  it('is shown where an address names a part that does not exist', async () => {
    await owner.goto('/operator?part=nowhere')
    await owner.getByRole('list', { name: 'Checks' }).getByText('ffmpeg').waitFor()
    await owner.goto('/posts?part=nowhere')
    await owner.getByRole('tab', { name: 'Calendar', selected: true }).waitFor()
    await openPart('Overview')
  })
})

describe('runners', () => {
  it('get a token that is shown once, show their work, and can be revoked', async () => {
    await owner.getByText('There are no runners').waitFor()
    await owner.getByRole('button', { name: 'New runner' }).click()
    const dialog = owner.getByRole('dialog')
    await dialog.getByLabel('Name').fill('den')
    await dialog.getByLabel('Only these models').fill('model, whisper-base')
    await expectSound(owner)
    await dialog.getByRole('button', { name: 'Create token' }).click()
    const command = await dialog.getByTestId('value').textContent()
    const { origin } = dashboard.server
    expect(command).toMatch(new RegExp(`^earshot runner --server ${origin} --token rt_[\\w-]{20,}$`))
    await dialog.getByRole('button', { name: 'Done' }).click()
    const list = owner.getByRole('list', { name: 'Runners' })
    await list.getByText('has never asked for work').waitFor()
    await list.getByText('only for model, whisper-base').waitFor()

    const ask = () =>
      fetch(`${origin}/api/runner/claims`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${command?.split(' ').at(-1)}`,
          [PROTOCOL_HEADER]: String(RUNNER_PROTOCOL),
          'content-type': 'application/json',
        },
        body: JSON.stringify({
          ...{ version: '1.2.3', host: 'den.local', models: ['model'] },
          ...{ places: 1, room: 1, speed: 12.5, waitSeconds: 0 },
        }),
      })
    expect((await ask()).status).toBe(200)
    await list.getByText('connected').waitFor()
    await list.getByText('model on den.local, version 1.2.3').waitFor()
    await expectSound(owner)

    await owner.getByRole('button', { name: 'Revoke the token of den' }).click()
    await dialog.getByRole('button', { name: 'Revoke token' }).click()
    await owner.getByText('There are no runners').waitFor()
    expect((await ask()).status).toBe(401)
  })
})

describe('links', () => {
  it('say why yt-dlp was not renewed', async () => {
    await owner.getByRole('button', { name: 'Update yt-dlp' }).click()
    await owner.getByText('EARSHOT_YTDLP names a yt-dlp of yours').waitFor()
    await expectSound(owner)
  })
})

describe('models', () => {
  it('are fetched while one watches, stopped, and a failure says why', async () => {
    await openPart('Models')
    await expectSound(owner)
    await owner.getByRole('button', { name: 'Fetch: parakeet-v2', exact: true }).click()
    await owner.getByRole('progressbar', { name: 'parakeet-v2: fetched so far' }).waitFor()
    await owner.getByText('3 MB of').waitFor()
    await owner.reload()
    await owner.getByText('3 MB of').waitFor()
    await owner.getByRole('button', { name: 'Stop: parakeet-v2' }).click()
    await owner.getByRole('button', { name: 'Fetch: parakeet-v2', exact: true }).waitFor()
    mirror.hasNothing()
    await owner.getByRole('button', { name: 'Fetch: sense-voice' }).click()
    await owner.getByText('The last try failed').waitFor()
    await expectSound(owner)
  })

  it('become the default, and are removed unless they are', async () => {
    await owner.getByRole('button', { name: 'Make default: moonshine-tiny' }).click()
    await owner.getByRole('button', { name: 'Make default: moonshine-tiny' }).waitFor({ state: 'detached' })
    await owner.getByRole('button', { name: 'Remove: moonshine-tiny' }).click()
    const dialog = owner.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Remove model' }).click()
    await dialog.getByText('Make another model the default first').waitFor()
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await owner.getByRole('button', { name: 'Remove: whisper-tiny' }).click()
    await dialog.getByRole('button', { name: 'Remove model' }).click()
    await owner.getByRole('button', { name: 'Fetch: whisper-tiny', exact: true }).waitFor()
  })
})

describe('accounts', () => {
  it('are made with a link and a key, found, and given credits', async () => {
    await openPart('Accounts')
    await owner.getByRole('button', { name: 'New account' }).click()
    const dialog = owner.getByRole('dialog')
    await dialog.getByLabel('Name').fill('Podcast team')
    await dialog.getByLabel('Credits to begin with').fill('40')
    await dialog.getByRole('button', { name: 'Make account' }).click()
    await dialog.getByText(/\/join#/).waitFor()
    await expectSound(owner)
    await dialog.getByRole('button', { name: 'Done' }).click()
    await owner.getByRole('searchbox').fill('nobody of this name')
    await owner.getByText('No account is called').waitFor()
    await owner.getByRole('searchbox').fill('podcast')
    await owner.getByText('40 credits').waitFor()
    await owner.getByRole('button', { name: 'Give credits to Podcast team' }).click()
    await dialog.getByLabel('Credits').fill('60')
    await dialog.getByLabel('Note').fill('Invoice 17')
    await dialog.getByRole('button', { name: 'Give credits' }).click()
    await owner.getByText('100 credits').waitFor()
    await expectSound(owner)
  })

  it('see nothing of each other, and their people nothing of this page', async () => {
    const { origin, apiKey } = dashboard.server
    const { body } = await upload(
      origin,
      apiKey,
      new Uint8Array(wav(toneAudio([{ word: 'nine', at: 0.5 }]))),
      'secret.wav',
    )
    const client = nativeClient(origin, apiKey)
    const { body: made } = await client.call<{ id: string }>('POST', '/transcriptions', {
      mediaId: body.mediaId,
      title: 'Not for others',
    })
    await client.ended(made.id)
    await owner.getByRole('button', { name: 'Invite to Podcast team' }).click()
    const dialog = owner.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Make link' }).click()
    await dialog.getByRole('button', { name: 'Copy link' }).click()
    const guest = await dashboard.browser.visitor(origin)
    await guest.goto(await owner.evaluate('navigator.clipboard.readText()'))
    const login = { name: 'Paul', email: 'paul@example.com', password: 'seven-loud-magpies' }
    await makeLogin(guest, login)
    for (const path of [
      '/',
      '/library',
      `/transcripts/${made.id}`,
      '/keys',
      '/credits',
      '/webhooks',
      '/settings',
    ]) {
      await guest.goto(path)
      const foreign = path.startsWith('/transcripts/')
      await guest
        .getByRole(foreign ? 'alert' : 'heading')
        .first()
        .waitFor()
      await guest
        .getByRole('status', { name: /^Loading/ })
        .first()
        .waitFor({ state: 'detached' })
      const shown = (await guest.textContent('body')) ?? ''
      for (const secret of ['Not for others', 'secret.wav', 'olga@example.com', 'nine'])
        expect([path, shown.includes(secret)]).toEqual([path, false])
    }
    await guest.goto('/operator')
    await heading(guest, 'Transcribe').waitFor()
  })
})

interface Mirror {
  url: string
  /** From now on every file is missing. */
  hasNothing(): void
  close(): void
}

/** Sends 3 MB of whatever file, and then no more. */
async function startMirror(): Promise<Mirror> {
  let empty = false
  const server = createServer((_, response) => {
    if (empty) response.writeHead(404).end()
    else response.writeHead(200).write(Buffer.alloc(3_000_000))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    hasNothing: () => {
      empty = true
    },
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
