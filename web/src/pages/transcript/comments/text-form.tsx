import { Button, Group, Stack, Textarea } from '@mantine/core'
import { type KeyboardEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import { LONGEST_COMMENT } from '../../../../../src/contract/comments.ts'
import { Problem } from '../../parts/problem.tsx'

interface TextFormProps {
  label: string
  /** Names the action: “Reply”. */
  action: string
  text?: string
  pending: boolean
  error: Error | null
  onText(text: string): void
  onCancel(): void
}

/** What somebody writes: sent with its button, or with Ctrl or ⌘ and Enter. */
export function TextForm({ label, action, text = '', pending, error, onText, onCancel }: TextFormProps) {
  const parts = useTranslations('parts')
  const [written, setWritten] = useState(text)
  const wanted = written.trim()
  const send = (): void => {
    if (wanted !== '' && !pending) onText(wanted)
  }
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send()
    else if (event.key === 'Escape' && written === text) onCancel()
    else return
    event.preventDefault()
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <Stack gap="xs">
        <Textarea
          label={label}
          value={written}
          maxLength={LONGEST_COMMENT}
          rows={3}
          data-autofocus
          autoFocus
          onChange={({ currentTarget }) => setWritten(currentTarget.value)}
          onKeyDown={onKey}
        />
        <Problem error={error} />
        <Group justify="flex-end" gap="xs">
          <Button size="xs" variant="default" onClick={onCancel}>
            {parts('cancel')}
          </Button>
          <Button size="xs" type="submit" loading={pending} disabled={wanted === ''}>
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
