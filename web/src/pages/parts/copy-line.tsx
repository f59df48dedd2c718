import { Button, Code, CopyButton, Group } from '@mantine/core'

interface CopyLineProps {
  value: string
  /** What it is, for the button's name: “Copy key”. */
  what: string
}

/** A value that is taken elsewhere: readable, selectable, copied with one click. */
export function CopyLine({ value, what }: CopyLineProps) {
  return (
    <Group gap="xs" wrap="nowrap" align="stretch">
      <Code block flex={1} style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }} data-testid="value">
        {value}
      </Code>
      <Copy value={value} what={what} />
    </Group>
  )
}

export function Copy({ value, what }: CopyLineProps) {
  return (
    <CopyButton value={value} timeout={2000}>
      {({ copied, copy }) => (
        <Button
          variant={copied ? 'light' : 'default'}
          onClick={copy}
          style={{ flexShrink: 0 }}
          h="auto"
          mih={36}
        >
          <span aria-live="polite">{copied ? 'Copied' : `Copy ${what}`}</span>
        </Button>
      )}
    </CopyButton>
  )
}
