import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { translator } from '../../i18n/catalogue.ts'
import { useCredits } from '../credits/data.ts'
import { Problem } from '../parts/problem.tsx'
import { commaWords, titleWords } from '../parts/words.ts'
import { capabilitiesQuery, createTranscription, TRANSCRIPTIONS } from '../transcribe/data.ts'
import { estimate, estimateWords, modelWords, shortfall } from '../transcribe/price-words.ts'
import { WishFields } from '../transcribe/wish-fields.tsx'
import { fulfillable, modelOf, type Wishes } from '../transcribe/wishes.ts'
import type { Item } from './data.ts'

/** Transcribes the same recordings again with other options; the existing transcripts stay. */
export function RunAgain({ items, onClose }: { items: readonly Item[]; onClose(): void }) {
  const t = useTranslations('archive')
  const [wishes, setWishes] = useState<Wishes>({})
  const capabilities = useQuery(capabilitiesQuery).data
  const available = useCredits().data?.available
  const again = useRunAgain()
  const navigate = useNavigate()
  if (!capabilities) return null
  const cost = estimate(
    capabilities.price,
    items.map(({ durationSeconds }) => durationSeconds),
  )
  const lack = available === undefined ? undefined : shortfall(cost, capabilities.price, available)
  const run = (): void =>
    again.mutate(
      { items, wishes: fulfillable(capabilities, wishes) },
      { onSuccess: () => void navigate({ to: '/' }) },
    )
  return (
    <Modal
      opened
      onClose={onClose}
      title={items.length === 1 ? t('again.one') : t('again.title', { count: items.length })}
      size="lg"
      centered
    >
      <Stack>
        <Text size="sm">{t('again.says')}</Text>
        <WishFields
          capabilities={capabilities}
          wishes={wishes}
          hasLinks={items.some(({ source }) => source.kind !== 'media')}
          onChange={setWishes}
        />
        <Problem error={again.error} />
        <Group justify="space-between">
          <Text size="sm" c="dimmed" aria-live="polite" flex="1 1 14rem">
            {lack ?? estimateWords(capabilities.price, cost)} {modelWords(modelOf(capabilities, wishes))}
          </Text>
          <Button loading={again.isPending} disabled={lack !== undefined} onClick={run} data-autofocus>
            {items.length === 1 ? t('again.one') : t('again.many', { count: items.length })}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

interface Again {
  items: readonly Item[]
  wishes: Wishes
}

/** Requests one after another. The error names those that were refused, with the reason of the first. */
function useRunAgain() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async ({ items, wishes: { mode, ...ofFiles } }: Again) => {
      const refused: { item: Item; why: unknown }[] = []
      for (const item of items) {
        const { source, title } = item
        const asked = {
          ...(source.kind === 'media'
            ? { mediaId: source.mediaId }
            : { url: source.url, ...(mode && { mode }) }),
          ...(title && { title }),
          ...ofFiles,
        }
        await createTranscription(asked).catch((why: unknown) => refused.push({ item, why }))
      }
      if (refused.length > 0) throw new Error(refusal(items.length, refused))
    },
    onSettled: () => queries.invalidateQueries({ queryKey: TRANSCRIPTIONS }),
  })
}

function refusal(count: number, refused: readonly { item: Item; why: unknown }[]): string {
  const t = translator('archive')
  const names = commaWords(refused.map(({ item }) => titleWords(item)))
  const why = refused[0]?.why
  return t('again.refused', {
    refused: refused.length,
    count,
    names,
    why: why instanceof Error ? why.message : '',
  })
}
