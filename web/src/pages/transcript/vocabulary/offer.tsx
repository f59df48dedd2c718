import { Button, Group, Stack, Text, Title } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { memo, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Problem } from '../../parts/problem.tsx'
import { leaveOut, leftOut, type Suggestion, useAddToVocabulary, useSuggestions } from './data.ts'

/** Whoever types is not asked after each word. */
const PAUSE_MS = 3000

const nameOf = ({ from, to }: Suggestion): string => `${from}\n${to}`

/** Offers a word that was corrected again and again to the account's vocabulary. */
export const VocabularyOffer = memo(function VocabularyOffer({ version }: { version: number }) {
  const t = useTranslations('transcript.vocabulary')
  const [settled] = useDebouncedValue(version, PAUSE_MS)
  const [left, setLeft] = useState(leftOut)
  const add = useAddToVocabulary()
  const suggestion = useSuggestions(settled).find((each) => !left.includes(nameOf(each)))
  if (!suggestion) return null
  const { from, to, count } = suggestion
  const leave = (): void => {
    const all = [...left, nameOf(suggestion)]
    leaveOut(all)
    setLeft(all)
  }
  return (
    <Stack gap={4} component="section" aria-label={t('title')}>
      <Title order={2} size="h5">
        {t('title')}
      </Title>
      <Text size="sm" role="status">
        {t.rich('ask', { from: () => <bdi>{from}</bdi>, to: () => <bdi>{to}</bdi>, count })}
      </Text>
      <Group gap="xs">
        <Button size="xs" loading={add.isPending} onClick={() => add.mutate(suggestion)}>
          {t('add')}
        </Button>
        <Button size="xs" variant="default" onClick={leave}>
          {t('no')}
        </Button>
      </Group>
      <Problem error={add.error} />
    </Stack>
  )
})
