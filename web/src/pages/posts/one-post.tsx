import { Anchor, Badge, Button, Group, Paper, Stack, Text } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { PostReply } from '../../../../src/contract/posts.ts'
import { Confirm } from '../parts/confirm.tsx'
import { Problem } from '../parts/problem.tsx'
import { TranscriptLink } from '../parts/transcript-link.tsx'
import { When } from '../parts/when.tsx'
import { Attempts } from './attempts.tsx'
import { useCancelPost, useRetryPost, useWriteDraft } from './data.ts'
import { PLATFORM_NAMES } from './platform-names.ts'
import { POST_COLORS, POST_STATES } from './states.ts'

const time = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' })

/** A post: its time, its text, and what came of it on each platform. */
export function OnePost({ post }: { post: PostReply }) {
  const at = new Date(post.scheduledTime)
  const due = post.state === 'pending' && at.getTime() <= Date.now()
  return (
    <Paper component="li" withBorder p="md">
      <Stack gap="xs">
        <Group gap="xs">
          <Text fw={600}>
            <time dateTime={at.toISOString()}>{time.format(at)}</time>
          </Text>
          <Badge color={POST_COLORS[post.state]} variant="light">
            {due ? 'Being published' : POST_STATES[post.state]}
          </Badge>
          {post.transcriptionId && (
            <TranscriptLink id={post.transcriptionId} size="sm">
              Transcript
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
  const { platform, handle, state, posts, published, publicUrl, nextAttemptAt, attempts, error } = one
  return (
    <Stack gap={0}>
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        {PLATFORM_NAMES[platform]}, {handle}:{' '}
        {publicUrl ? (
          <Anchor href={publicUrl} target="_blank" rel="noreferrer" inherit underline="always">
            Open the post
          </Anchor>
        ) : (
          POST_STATES[state].toLowerCase()
        )}
        {posts > 1 && platform !== 'webhook' && (
          <>
            {' '}
            ({published} of {posts} posts)
          </>
        )}
      </Text>
      {error && state !== 'published' && (
        <Text size="sm" c="var(--mantine-color-error)" style={{ overflowWrap: 'anywhere' }}>
          {error}
        </Text>
      )}
      {nextAttemptAt && attempts > 0 && (
        <Text size="sm" c="dimmed">
          Next try <When at={nextAttemptAt} />
        </Text>
      )}
    </Stack>
  )
}

function Actions({ post }: { post: PostReply }) {
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
            Cancel post
          </Button>
        )}
        {state === 'failed' && (
          <Button size="xs" loading={retry.isPending} onClick={() => retry.mutate(undefined)}>
            Try again
          </Button>
        )}
        {(state === 'failed' || state === 'cancelled') && (
          <Button size="xs" variant="default" loading={again.isPending} onClick={again.run}>
            Make a new draft
          </Button>
        )}
        {post.platforms.some(({ attempts }) => attempts > 0) && (
          <Button size="xs" variant="subtle" aria-expanded={history} onClick={() => setHistory(!history)}>
            {history ? 'Hide attempts' : 'Show attempts'}
          </Button>
        )}
      </Group>
      <Problem error={retry.error ?? again.error} />
      {history && <Attempts postId={post.id} />}
      <Confirm
        opened={asking}
        title="Cancel this post?"
        action="Cancel post"
        keep="Keep it"
        run={() => cancel.mutateAsync(undefined)}
        onClose={() => setAsking(false)}
      >
        It is not published. What is out already stays out.
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
