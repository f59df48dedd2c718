import { Alert, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { CopyLine } from '../parts/copy-line.tsx'

interface SecretNoteProps {
  title: string
  secret: string
  children?: ReactNode
  onClose(): void
}

/** What the receiver checks signatures with. */
export function SecretNote({ title, secret, children, onClose }: SecretNoteProps) {
  return (
    <Alert
      color="green"
      title={title}
      withCloseButton
      closeButtonLabel="Hide the secret"
      onClose={onClose}
      role="status"
    >
      <Stack gap="sm">
        <Text size="sm">
          Your server checks each event’s signature with this secret; any Standard Webhooks library does it.{' '}
          {children}
        </Text>
        <CopyLine value={secret} label="Copy secret" />
      </Stack>
    </Alert>
  )
}
