import { Anchor, Badge, Button, Group, Paper, Stack, Text } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import type { PostReply } from '../../../../src/contract/posts.ts'
import { Confirm } from '../parts/confirm.tsx'
import { Problem } from '../parts/problem.tsx'
import { TranscriptLink } from '../parts/transcript-link.tsx'
import { When } from '../parts/when.tsx'
import { Attempts } from './attempts.tsx'
import { useCancelPost, useRetryPost, useWriteDraft } from './data.ts'
import { PLATFORM_NAMES } from './platform-names.ts'
import { POST_COLORS } from './states.ts'

/** A post: its time, its text, and what came of it on each platform. */
export function OnePost({ post }: { post: PostReply }) {
  const t = useTranslations('posts')
  const at = new Date(post.scheduledTime)
  const due = post.state === 'pending' && at.getTime() <= Date.now()
  return (
    <Paper component="li" withBorder p="md">
      <Stack gap="xs">
        <Group gap="xs">
          <Text fw={600}>
            <time dateTime={at.toISOString()}>
              {new Intl.DateTimeFormat(useLocale(), { timeStyle: 'short' }).format(at)}
            </time>
          </Text>
          <Badge color={POST_COLORS[post.state]} variant="light">
            {due ? t('post.due') : t(`states.${post.state}`)}
          </Badge>
          {post.transcriptionId && (
            <TranscriptLink id={post.transcriptionId} size="sm">
              {t('post.transcript')}
            </TranscriptLink>
          )}
        </Group>
        <Text lineClamp={4} style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }} dir="auto">
          {post.text}
        </Text>
        {post.platforms.map((platform) => (
          <Outcome key={platform.accountId} platform={platform} />
        ))}
        <Actions post={post} />
      </Stack>
    </Paper>
  )
}

function Outcome({ platform: one }: { platform: PostReply['platforms'][number] }) {
  const t = useTranslations('posts')
  const { platform, handle, state, posts, published, publicUrl, nextAttemptAt, attempts, error } = one
  return (
    <Stack gap={0}>
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        {t.rich('post.outcome', {
          platform: PLATFORM_NAMES[platform],
          handle,
          outcome: () =>
            publicUrl ? (
              <Anchor href={publicUrl} target="_blank" rel="noreferrer" inherit underline="always">
                {t('post.open')}
              </Anchor>
            ) : (
              t(`state.${state}`)
            ),
        })}
        {posts > 1 && platform !== 'webhook' && ` ${t('post.ofThread', { published, posts })}`}
      </Text>
      {error && state !== 'published' && (
        <Text size="sm" c="var(--mantine-color-error)" style={{ overflowWrap: 'anywhere' }}>
          {error}
        </Text>
      )}
      {nextAttemptAt && attempts > 0 && (
        <Text size="sm" c="dimmed">
          {t.rich('post.nextTry', { when: () => <When at={nextAttemptAt} /> })}
        </Text>
      )}
    </Stack>
  )
}

function Actions({ post }: { post: PostReply }) {
  const t = useTranslations('posts')
  const parts = useTranslations('parts')
  const [asking, setAsking] = useState(false)
  const [history, setHistory] = useState(false)
  const cancel = useCancelPost(post.id)
  const retry = useRetryPost(post.id)
  const again = useDraftAgain(post)
  const { state } = post
  return (
    <Stack gap="xs">
      <Group gap="xs">
        {state === 'pending' && (
          <Button size="xs" variant="default" onClick={() => setAsking(true)}>
            {t('post.cancel')}
          </Button>
        )}
        {state === 'failed' && (
          <Button size="xs" loading={retry.isPending} onClick={() => retry.mutate(undefined)}>
            {parts('tryAgain')}
          </Button>
        )}
        {(state === 'failed' || state === 'cancelled') && (
          <Button size="xs" variant="default" loading={again.isPending} onClick={again.run}>
            {t('post.newDraft')}
          </Button>
        )}
        {post.platforms.some(({ attempts }) => attempts > 0) && (
          <Button size="xs" variant="subtle" aria-expanded={history} onClick={() => setHistory(!history)}>
            {history ? t('post.hide') : t('post.show')}
          </Button>
        )}
      </Group>
      <Problem error={retry.error ?? again.error} />
      {history && <Attempts postId={post.id} />}
      <Confirm
        opened={asking}
        title={t('post.cancelAsk')}
        action={t('post.cancel')}
        keep={t('post.keep')}
        run={() => cancel.mutateAsync(undefined)}
        onClose={() => setAsking(false)}
      >
        {t('post.cancelSays')}
      </Confirm>
    </Stack>
  )
}

/** The text once more, for the accounts that it was for. */
function useDraftAgain({ platforms, text }: PostReply) {
  const write = useWriteDraft()
  const navigate = useNavigate()
  return {
    isPending: write.isPending,
    error: write.error,
    run: () =>
      write.mutate(
        { accountIds: platforms.map(({ accountId }) => accountId), text },
        { onSuccess: ({ id }) => void navigate({ to: '/posts', search: { draft: id } }) },
      ),
  }
}
