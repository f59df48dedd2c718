import { Button, Group, Stack, Text, Textarea } from '@mantine/core'
import { useTranslations } from 'use-intl'
import type { PostAccountReply } from '../../../../src/contract/posts.ts'
import { type Count, isTooLong } from './counts.ts'
import { PLATFORM_NAMES } from './platform-names.ts'
import type { Typed } from './use-saved-draft.ts'

type Thread = Typed['thread']

interface ThreadEditorProps {
  thread: Thread
  /** Of each post, for each account. */
  counts: Count[][]
  accounts: readonly PostAccountReply[]
  onChange(thread: Thread): void
}

/** The posts of a thread, each with its length on every platform. */
export function ThreadEditor({ thread, counts, accounts, onChange }: ThreadEditorProps) {
  const t = useTranslations('posts')
  const add = (): void => {
    const key = Math.max(-1, ...thread.map((post) => post.key)) + 1
    onChange([...thread, { key, text: '' }])
  }
  return (
    <Stack>
      {thread.map((post, k) => (
        <div key={post.key}>
          <Textarea
            label={
              thread.length === 1 ? t('make.text') : t('thread.post', { number: k + 1, count: thread.length })
            }
            autosize
            minRows={3}
            maxRows={14}
            value={post.text}
            error={counts[k]?.some(isTooLong)}
            onChange={({ currentTarget: { value } }) =>
              onChange(thread.map((each) => (each === post ? { ...each, text: value } : each)))
            }
          />
          <Group justify="space-between" gap="xs" mt={4} align="start">
            <Lengths counts={counts[k] ?? []} accounts={accounts} />
            {thread.length > 1 && (
              <Button
                size="compact-xs"
                variant="subtle"
                aria-label={t('thread.removeNamed', { number: k + 1 })}
                onClick={() => onChange(thread.filter((each) => each !== post))}
              >
                {t('accounts.remove')}
              </Button>
            )}
          </Group>
        </div>
      ))}
      <div>
        <Button size="xs" variant="default" onClick={add}>
          {t('thread.add')}
        </Button>
      </div>
    </Stack>
  )
}

const Lengths = ({ counts, accounts }: { counts: Count[]; accounts: readonly PostAccountReply[] }) => {
  const t = useTranslations('posts')
  return (
    <Group gap="0 var(--mantine-spacing-md)">
      {counts.map((count) => {
        const platform = accounts.find(({ id }) => id === count.accountId)?.platform
        const name = platform ? PLATFORM_NAMES[platform] : ''
        const tooLong = isTooLong(count)
        return (
          <Text
            key={count.accountId}
            size="sm"
            c={tooLong ? 'var(--mantine-color-error)' : 'dimmed'}
            fw={tooLong ? 600 : 400}
            style={{ fontVariantNumeric: 'tabular-nums' }}
          >
            {t(tooLong ? 'thread.tooLong' : 'thread.length', {
              name,
              length: count.length,
              limit: count.limit,
            })}
          </Text>
        )
      })}
    </Group>
  )
}
