import { Button, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Problem } from '../../parts/problem.tsx'
import { clock } from '../clock.ts'
import classes from './comments.module.css'
import { useChangeComment, useWriteComment } from './data.ts'
import { Remark, SMALL } from './remark.tsx'
import { TextForm } from './text-form.tsx'
import type { PlacedComment } from './use-comments.ts'

interface ThreadProps {
  /** The transcription’s. */
  id: string
  comment: PlacedComment
  chosen: boolean
  onGo(comment: PlacedComment): void
  /** It is no longer where it was in the list. */
  onLeft(): void
}

/** A comment with its replies. */
export function Thread({ id, comment, chosen, onGo, onLeft }: ThreadProps) {
  const t = useTranslations('comments')
  const [replying, setReplying] = useState(false)
  const change = useChangeComment(id)
  const resolved = comment.resolvedAt !== null
  return (
    <li
      className={classes.comment}
      data-chosen={chosen || undefined}
      data-resolved={resolved || undefined}
      aria-current={chosen ? 'true' : undefined}
    >
      <Stack gap="xs">
        <Remark
          id={id}
          remark={comment}
          replies={comment.replies.length}
          passage={<Passage comment={comment} onGo={() => onGo(comment)} />}
          actions={
            <>
              <Button {...SMALL} onClick={() => setReplying(true)}>
                {t('reply')}
              </Button>
              <Button
                {...SMALL}
                loading={change.isPending}
                onClick={() =>
                  change.mutate({ commentId: comment.id, resolved: !resolved }, { onSuccess: onLeft })
                }
              >
                {resolved ? t('reopen') : t('resolve')}
              </Button>
            </>
          }
          onRemoved={onLeft}
        />
        <Problem error={change.error} />
        {resolved && (
          <Text size="xs" c="dimmed">
            {t('resolvedBy', { name: comment.resolvedBy ?? t('gone.author') })}
          </Text>
        )}
        {comment.replies.length > 0 && (
          <ol className={classes.replies}>
            {comment.replies.map((reply) => (
              <li key={reply.id}>
                <Remark id={id} remark={reply} onRemoved={onLeft} />
              </li>
            ))}
          </ol>
        )}
        {replying && <Reply id={id} to={comment.id} onEnd={() => setReplying(false)} />}
      </Stack>
    </li>
  )
}

function Passage({ comment, onGo }: { comment: PlacedComment; onGo(): void }) {
  const t = useTranslations('comments')
  const { start, quote, found } = comment
  return (
    <>
      <button type="button" className={classes.passage} onClick={onGo}>
        <span className={classes.time}>{clock(start)}</span>
        <span className={classes.quote} dir="auto">
          {quote}
        </span>
      </button>
      {(!found || found.changed) && (
        <Text size="xs" fs="italic">
          {found ? t('changed') : t('gone.words')}
        </Text>
      )}
    </>
  )
}

function Reply({ id, to, onEnd }: { id: string; to: string; onEnd(): void }) {
  const t = useTranslations('comments')
  const write = useWriteComment(id, to)
  return (
    <TextForm
      label={t('label')}
      action={t('reply')}
      pending={write.isPending}
      error={write.error}
      onText={(text) => write.mutate({ text }, { onSuccess: onEnd })}
      onCancel={onEnd}
    />
  )
}
