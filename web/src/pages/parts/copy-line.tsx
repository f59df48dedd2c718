import { Button, Code, Group, Stack } from '@mantine/core'
import { useTimeout } from '@mantine/hooks'
import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { copyText } from './copy-text.ts'
import { Problem } from './problem.tsx'

interface CopyLineProps {
  value: string
  /** The button's name: “Copy key”. */
  label: string
}

/** A value that is taken elsewhere: readable, selectable, copied with one click. */
export function CopyLine({ value, label }: CopyLineProps) {
  return (
    <Group gap="xs" align="stretch">
      <Code
        block
        flex="1 1 14rem"
        miw={0}
        style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}
        data-testid="value"
      >
        {value}
      </Code>
      <Copy value={value} label={label} />
    </Group>
  )
}

const THANKS_MS = 2000

export function Copy({ value, label }: CopyLineProps) {
  const t = useTranslations('parts')
  const copy = useMutation({ mutationFn: () => copyText(value), onSuccess: () => thank() })
  const { start: thank } = useTimeout(copy.reset, THANKS_MS)
  return (
    <Stack gap="xs" style={{ flexShrink: 0 }}>
      <Button
        variant={copy.isSuccess ? 'light' : 'default'}
        onClick={() => copy.mutate()}
        flex={1}
        h="auto"
        mih={36}
      >
        <span aria-live="polite">{copy.isSuccess ? t('copied') : label}</span>
      </Button>
      <Problem error={copy.error} />
    </Stack>
  )
}
