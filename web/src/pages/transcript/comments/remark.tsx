import { Button, Group, Stack, Text } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { CommentReply } from '../../../../../src/contract/comments.ts'
import { Confirm } from '../../parts/confirm.tsx'
import { When } from '../../parts/when.tsx'
import classes from './comments.module.css'
import { useChangeComment, useRemoveComment } from './data.ts'
import { TextForm } from './text-form.tsx'

interface RemarkProps {
  /** The transcription’s. */
  id: string
  remark: CommentReply
  /** How many replies go with it. */
  replies?: number
  /** Between its author and its text. */
  passage?: ReactNode
  /** What else can be done with it. */
  actions?: ReactNode
  onRemoved(): void
}

export const SMALL = { size: 'compact-xs', variant: 'subtle' } as const

/** What somebody wrote: a comment, or a reply to one. */
export function Remark({ id, remark, replies = 0, passage, actions, onRemoved }: RemarkProps) {
  const t = useTranslations('comments')
  const [doing, setDoing] = useState<'edit' | 'remove'>()
  const change = useChangeComment(id)
  const remove = useRemoveComment(id)
  const end = (): void => setDoing(undefined)
  return (
    <Stack gap={4}>
      <By remark={remark} />
      {passage}
      {doing === 'edit' ? (
        <TextForm
          label={t('label')}
          action={t('save')}
          text={remark.text}
          pending={change.isPending}
          error={change.error}
          onText={(text) => change.mutate({ commentId: remark.id, text }, { onSuccess: end })}
          onCancel={end}
        />
      ) : (
        <>
          <div className={classes.text} dir="auto">
            {remark.text}
          </div>
          <Group gap={2}>
            {actions}
            {remark.mine && (
              <Button {...SMALL} onClick={() => setDoing('edit')}>
                {t('edit')}
              </Button>
            )}
            {remark.deletable && (
              <Button {...SMALL} color="red" onClick={() => setDoing('remove')}>
                {t('remove.open')}
              </Button>
            )}
          </Group>
        </>
      )}
      <Confirm
        opened={doing === 'remove'}
        title={t('remove.title')}
        action={t('remove.open')}
        run={async () => {
          await remove.mutateAsync(remark.id)
          onRemoved()
        }}
        onClose={end}
      >
        {t('remove.says', { count: replies })}
      </Confirm>
    </Stack>
  )
}

function By({ remark: { author, createdAt, editedAt } }: Pick<RemarkProps, 'remark'>) {
  const t = useTranslations('comments')
  return (
    <Group gap={6} align="baseline">
      <Text size="sm" fw={600} dir="auto">
        {author ?? t('gone.author')}
      </Text>
      <Text size="xs" c="dimmed">
        <When at={createdAt} />
      </Text>
      {editedAt !== null && (
        <Text size="xs" c="dimmed">
          {t('edited')}
        </Text>
      )}
    </Group>
  )
}
