import { Button, Group, Stack } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Problem } from './problem.tsx'

interface FormProps {
  /** Names the action: “Make key”, never “OK”. */
  action: string
  pending: boolean
  error: Error | null
  /** Until the required fields are filled in. */
  disabled?: boolean
  onSubmit(): void
  onCancel(): void
  /** The fields. */
  children: ReactNode
}

/** A form in a dialog: its fields, the error of the last try, and the buttons. */
export function Form({ action, pending, error, disabled = false, onSubmit, onCancel, children }: FormProps) {
  const t = useTranslations('parts')
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit()
      }}
    >
      <Stack>
        {children}
        <Problem error={error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={pending} disabled={disabled}>
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
