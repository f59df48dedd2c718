import { NativeSelect, PasswordInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
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

interface ConnectProps {
  /** With the secret of a webhook, which is shown this once. */
  onConnected(account: ConnectPostAccountReply): void
  onCancel(): void
}

export function Connect({ onConnected, onCancel }: ConnectProps) {
  const t = useTranslations('posts')
  const parts = useTranslations('parts')
  const [platform, setPlatform] = useState<PostPlatform>('mastodon')
  const [server, setServer] = useState('')
  const [identifier, setIdentifier] = useState('')
  const [secret, setSecret] = useState('')
  const connect = useConnect()
  return (
    <Form
      action={t('accounts.connect')}
      pending={connect.isPending}
      error={connect.error}
      onSubmit={() =>
        connect.mutate(bodyOf(platform, { server, identifier, secret }), { onSuccess: onConnected })
      }
      onCancel={onCancel}
    >
      <NativeSelect
        label={t('connect.platform')}
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
        label={platform === 'webhook' ? t('connect.address') : t('connect.server')}
        description={t(`connect.says.${platform}`)}
        placeholder={SERVERS[platform]}
        value={server}
        onChange={({ currentTarget }) => setServer(currentTarget.value)}
      />
      {platform === 'bluesky' && (
        <TextInput
          required
          label={t('connect.identifier')}
          placeholder="you.bsky.social"
          autoComplete="off"
          value={identifier}
          onChange={({ currentTarget }) => setIdentifier(currentTarget.value)}
        />
      )}
      {platform !== 'webhook' && (
        <PasswordInput
          required
          label={platform === 'mastodon' ? t('connect.token') : t('connect.password')}
          description={t(`connect.where.${platform}`)}
          autoComplete="off"
          visibilityToggleButtonProps={{ 'aria-label': parts('reveal') }}
          value={secret}
          onChange={({ currentTarget }) => setSecret(currentTarget.value)}
        />
      )}
    </Form>
  )
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
