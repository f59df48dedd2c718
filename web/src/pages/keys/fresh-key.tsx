import { Alert, Stack, Text } from '@mantine/core'
import type { CreateKeyReply } from '../../../../src/contract/account.ts'
import { CopyLine } from '../parts/copy-line.tsx'

/** The one time that a key can be read. */
export function FreshKey({ created, onClose }: { created: CreateKeyReply; onClose(): void }) {
  return (
    <Alert
      color="green"
      title={`The key “${created.name}” is ready`}
      withCloseButton
      closeButtonLabel="Hide the key"
      onClose={onClose}
      role="status"
    >
      <Stack gap="sm">
        <Text size="sm">
          Copy it now and keep it like a password: it is not shown again. The examples below use it already.
        </Text>
        <CopyLine value={created.apiKey} label="Copy key" />
      </Stack>
    </Alert>
  )
}
