import { NativeSelect, PasswordInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import type {
  ConnectPostAccountBody,
  ConnectPostAccountReply,
  PostPlatform,
} from '../../../../src/contract/posts.ts'
import { Form } from '../parts/form.tsx'
import { useConnect } from './data.ts'
import { PLATFORM_NAMES } from './platform-names.ts'

const SERVERS: Record<PostPlatform, string> = {
  mastodon: 'https://mastodon.social',
  bluesky: 'https://bsky.social',
  webhook: 'https://example.com/hooks/posts',
}

/** @param onConnected with the secret of a webhook, which is shown this once */
export function Connect({
  onConnected,
  onCancel,
}: {
  onConnected(account: ConnectPostAccountReply): void
  onCancel(): void
}) {
  const [platform, setPlatform] = useState<PostPlatform>('mastodon')
  const [server, setServer] = useState('')
  const [identifier, setIdentifier] = useState('')
  const [secret, setSecret] = useState('')
  const connect = useConnect()
  return (
    <Form
      action="Connect account"
      pending={connect.isPending}
      error={connect.error}
      onSubmit={() =>
        connect.mutate(bodyOf(platform, { server, identifier, secret }), { onSuccess: onConnected })
      }
      onCancel={onCancel}
    >
      <NativeSelect
        label="Platform"
        value={platform}
        data={Object.entries(PLATFORM_NAMES).map(([value, label]) => ({ value, label }))}
        onChange={({ currentTarget }) => {
          connect.reset()
          setServer(currentTarget.value === 'bluesky' ? SERVERS.bluesky : '')
          setPlatform(currentTarget.value as PostPlatform)
        }}
        data-autofocus
      />
      <TextInput
        type="url"
        required
        label={platform === 'webhook' ? 'Address' : 'Server'}
        description={SAYS[platform]}
        placeholder={SERVERS[platform]}
        value={server}
        onChange={({ currentTarget }) => setServer(currentTarget.value)}
      />
      {platform === 'bluesky' && (
        <TextInput
          required
          label="Handle or e-mail address"
          placeholder="you.bsky.social"
          autoComplete="off"
          value={identifier}
          onChange={({ currentTarget }) => setIdentifier(currentTarget.value)}
        />
      )}
      {platform !== 'webhook' && (
        <PasswordInput
          required
          label={platform === 'mastodon' ? 'Access token' : 'App password'}
          description={SECRETS[platform]}
          autoComplete="off"
          visibilityToggleButtonProps={{ 'aria-label': 'Show or hide what you typed' }}
          value={secret}
          onChange={({ currentTarget }) => setSecret(currentTarget.value)}
        />
      )}
    </Form>
  )
}

const SAYS: Record<PostPlatform, string> = {
  mastodon: 'The address of your instance. Akkoma, GoToSocial and others work too.',
  bluesky: 'Keep this one unless you have a server of your own.',
  webhook: 'An automation (n8n, Make, Zapier, or your own) that publishes what it is sent.',
}

const SECRETS: Record<'mastodon' | 'bluesky', string> = {
  mastodon:
    'Preferences, Development, New application, with read:accounts, read:statuses, write:statuses, and write:media for pictures.',
  bluesky: 'Settings, Privacy and security, App passwords.',
}

interface Typed {
  server: string
  identifier: string
  secret: string
}

function bodyOf(platform: PostPlatform, { server, identifier, secret }: Typed): ConnectPostAccountBody {
  if (platform === 'mastodon') return { platform, server, accessToken: secret }
  if (platform === 'bluesky') return { platform, server, identifier, appPassword: secret }
  return { platform, url: server }
}
