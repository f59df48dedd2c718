import { Group, Radio, Stack, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Form } from '../parts/form.tsx'
import { clock } from '../parts/words.ts'
import { AccountChoice } from './account-choice.tsx'
import { useDraftTranscript } from './data.ts'
import { secondsOf } from './moment-text.ts'

interface DraftTranscriptProps {
  id: string
  /** The part that is chosen on the page, if any: seconds. */
  quote: { from: number; to: number } | undefined
  onCancel(): void
}

/** Which part of a transcript becomes a draft, and for which accounts. */
export function DraftTranscript({ id, quote, onCancel }: DraftTranscriptProps) {
  const t = useTranslations('posts')
  const [accountIds, setAccountIds] = useState<string[]>([])
  const [part, setPart] = useState(quote ? 'part' : 'all')
  const [from, setFrom] = useState(clock(quote?.from ?? 0))
  const [to, setTo] = useState(quote ? clock(Math.ceil(quote.to)) : '')
  const draft = useDraftTranscript(id)
  const navigate = useNavigate()
  const seconds = { from: secondsOf(from), to: secondsOf(to) }
  const isWrong = part === 'part' && !(seconds.from !== undefined && seconds.to && seconds.from < seconds.to)
  return (
    <Form
      action={t('make.do')}
      pending={draft.isPending}
      error={draft.error}
      disabled={accountIds.length === 0 || isWrong}
      onSubmit={() =>
        draft.mutate(
          { accountIds, ...(part === 'part' && (seconds as { from: number; to: number })) },
          { onSuccess: (made) => void navigate({ to: '/posts', search: { draft: made.id } }) },
        )
      }
      onCancel={onCancel}
    >
      <AccountChoice value={accountIds} onChange={setAccountIds} />
      <Radio.Group label={t('make.what')} description={t('make.whatSays')} value={part} onChange={setPart}>
        <Stack gap="xs" mt="xs">
          <Radio value="all" label={t('make.all')} />
          <Radio value="part" label={t('make.part')} />
        </Stack>
      </Radio.Group>
      {part === 'part' && (
        <Group grow align="start">
          <TextInput
            label={t('make.from')}
            placeholder="0:00"
            value={from}
            error={seconds.from === undefined && t('make.like')}
            onChange={({ currentTarget }) => setFrom(currentTarget.value)}
          />
          <TextInput
            label={t('make.to')}
            placeholder="1:23"
            value={to}
            error={to !== '' && isWrong && t('make.likeAfter')}
            onChange={({ currentTarget }) => setTo(currentTarget.value)}
          />
        </Group>
      )}
    </Form>
  )
}
