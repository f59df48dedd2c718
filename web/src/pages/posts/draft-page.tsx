import { Anchor, Button, Group, Stack, Text, Title } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { DraftReply, PostAccountReply } from '../../../../src/contract/posts.ts'
import { Loaded } from '../parts/loaded.tsx'
import { Problem } from '../parts/problem.tsx'
import { TranscriptLink } from '../parts/transcript-link.tsx'
import { AccountChoice } from './account-choice.tsx'
import { countsOf, isTooLong } from './counts.ts'
import { useDraft, usePostAccounts, usePublish } from './data.ts'
import { ThreadEditor } from './thread-editor.tsx'
import { useSavedDraft } from './use-saved-draft.ts'
import { type At, NOW, timeOf, WhenToPost } from './when-to-post.tsx'

export function DraftPage({ id }: { id: string }) {
  const t = useTranslations('posts')
  const draft = useDraft(id)
  const accounts = usePostAccounts()
  return (
    <Stack gap="lg" maw={720}>
      <div>
        <Anchor size="sm" renderRoot={(root) => <Link to="/posts" search={{ part: 'drafts' }} {...root} />}>
          {t('draft.all')}
        </Anchor>
        <Title order={1} size="h2">
          {t('draft.title')}
        </Title>
      </div>
      <Loaded query={accounts} failed={t('accounts.failed')}>
        {({ items }) => (
          <Loaded query={draft} failed={t('draft.failed')}>
            {(found) => <Editor draft={found} accounts={items} />}
          </Loaded>
        )}
      </Loaded>
    </Stack>
  )
}

function Editor({ draft, accounts }: { draft: DraftReply; accounts: readonly PostAccountReply[] }) {
  const t = useTranslations('posts')
  const { typed, saved, change, save, error } = useSavedDraft(draft)
  const [at, setAt] = useState<At>(NOW)
  const navigate = useNavigate()
  const publish = usePublish(draft.id)
  const [saving, setSaving] = useState(false)
  const chosen = accounts.filter(({ id }) => typed.accountIds.includes(id))
  const written = typed.thread.filter(({ text }) => text.trim() !== '')
  const counts = typed.thread.map((post) => countsOf(post.text, written.indexOf(post), saved, chosen))
  const send = async (): Promise<void> => {
    setSaving(true)
    try {
      await save()
      await publish.mutateAsync(timeOf(at))
      await navigate({ to: '/posts' })
    } catch {
      // Each says by itself what went wrong.
    } finally {
      setSaving(false)
    }
  }
  return (
    <Stack
      component="form"
      gap="lg"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      {draft.transcriptionId && (
        <Text size="sm">
          <TranscriptLink id={draft.transcriptionId}>{t('draft.from')}</TranscriptLink>
        </Text>
      )}
      <AccountChoice value={typed.accountIds} onChange={(accountIds) => change({ accountIds })} />
      <ThreadEditor
        thread={typed.thread}
        counts={counts}
        accounts={chosen}
        onChange={(thread) => change({ thread })}
      />
      <WhenToPost value={at} onChange={setAt} />
      <Problem error={publish.error ?? error} />
      <Group>
        <Button
          type="submit"
          loading={saving}
          disabled={chosen.length === 0 || written.length === 0 || counts.flat().some(isTooLong)}
        >
          {at.later ? t('draft.schedule') : t('draft.publish')}
        </Button>
        <Text size="sm" c="dimmed">
          {t('draft.saves')}
        </Text>
      </Group>
    </Stack>
  )
}
