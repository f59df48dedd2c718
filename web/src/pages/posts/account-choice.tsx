import { Anchor, Checkbox, Stack, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { usePostAccounts } from './data.ts'
import { PLATFORM_NAMES } from './platform-names.ts'

interface AccountChoiceProps {
  value: string[]
  onChange(accountIds: string[]): void
}

/** Where to post. */
export function AccountChoice({ value, onChange }: AccountChoiceProps) {
  const t = useTranslations('posts')
  const { data } = usePostAccounts()
  if (data?.items.length === 0)
    return (
      <Text size="sm">
        {t('choice.none')}{' '}
        <Anchor inherit renderRoot={(root) => <Link to="/posts" search={{ part: 'accounts' }} {...root} />}>
          {t('choice.connect')}
        </Anchor>
      </Text>
    )
  return (
    <Checkbox.Group label={t('choice.label')} value={value} onChange={onChange}>
      <Stack gap="xs" mt="xs">
        {data?.items.map(({ id, platform, handle }) => (
          <Checkbox
            key={id}
            value={id}
            label={handle}
            description={PLATFORM_NAMES[platform]}
            styles={{ label: { overflowWrap: 'anywhere' } }}
          />
        ))}
      </Stack>
    </Checkbox.Group>
  )
}
