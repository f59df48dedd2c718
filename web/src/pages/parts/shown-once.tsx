import { Alert, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { CopyLine } from './copy-line.tsx'

interface ShownOnceProps {
  title: string
  value: string
  /** The names of its buttons: “Copy key”, “Hide the key”. */
  copy: string
  hide: string
  children: ReactNode
  onClose(): void
}

/** A secret, the one time that it can be read. */
export const ShownOnce = ({ title, value, copy, hide, children, onClose }: ShownOnceProps) => (
  <Alert color="green" title={title} withCloseButton closeButtonLabel={hide} onClose={onClose} role="status">
    <Stack gap="sm">
      <Text size="sm">{children}</Text>
      <CopyLine value={value} label={copy} />
    </Stack>
  </Alert>
)
