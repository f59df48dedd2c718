import { Modal, Stack, Text } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { LONGEST_COMMENTED } from '../../../../../src/contract/comments.ts'
import { clock } from '../clock.ts'
import type { Quoted } from '../quote/quote.ts'
import type { View } from '../use-view.ts'
import classes from './comments.module.css'
import { useWriteComment } from './data.ts'
import { TextForm } from './text-form.tsx'

/** A new comment, beside the words that it is about. */
export function WriteComment({ view }: { view: View }) {
  const t = useTranslations('comments')
  const { passage, endWriting, choose } = view.comments
  const write = useWriteComment(view.transcription.id)
  const close = (): void => {
    write.reset()
    endWriting()
  }
  if (!passage) return null
  const { from, to, text } = passage
  return (
    // What was typed is not lost by a click beside it.
    <Modal opened onClose={close} closeOnClickOutside={false} title={t('write')} centered>
      <Stack gap="xs">
        <div>
          <Text component="span" size="sm" c="dimmed">
            {clock(from)}
          </Text>{' '}
          <span className={classes.quote} dir="auto">
            {text}
          </span>
        </div>
        <TextForm
          label={t('label')}
          action={t('add')}
          pending={write.isPending}
          error={write.error}
          onText={(said) =>
            write.mutate(
              { start: from, end: to, quote: shortened(text), text: said },
              {
                onSuccess: ({ id }) => {
                  choose(id)
                  close()
                },
              },
            )
          }
          onCancel={close}
        />
      </Stack>
    </Modal>
  )
}

/** By whole words, where there are spaces. */
function shortened(quote: Quoted['text']): string {
  if (quote.length <= LONGEST_COMMENTED) return quote
  const space = quote.lastIndexOf(' ', LONGEST_COMMENTED)
  if (space > 0) return quote.slice(0, space)
  // No half of a character.
  return quote.slice(0, LONGEST_COMMENTED).replace(/[\uD800-\uDBFF]$/, '')
}
