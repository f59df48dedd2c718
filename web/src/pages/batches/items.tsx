import { Group, NativeSelect, Stack, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { BatchItem, BatchItemState, BatchReply } from '../../../../src/contract/batches.ts'
import { Loaded } from '../parts/loaded.tsx'
import { More } from '../parts/more.tsx'
import { Rows } from '../parts/rows.tsx'
import { percentWords } from '../parts/words.ts'
import { useItems } from './data.ts'
import { Recording } from './recording.tsx'

const STATES: readonly BatchItemState[] = ['queued', 'running', 'succeeded', 'failed', 'cancelled']

/** The recordings of a batch in their order, each with what became of it. */
export function Items({ batch: { id, counts, finishedAt } }: { batch: BatchReply }) {
  const t = useTranslations('batches')
  const [state, setState] = useState<BatchItemState | null>(null)
  const items = useItems(id, state, finishedAt === null)
  const shown = items.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <Stack component="section" gap="xs">
      <Group justify="space-between" align="end">
        <Title order={2} size="h4">
          {t('items.label')}
        </Title>
        <NativeSelect
          label={t('items.show')}
          value={state ?? ''}
          data={[
            { value: '', label: t('items.all') },
            ...STATES.filter((each) => counts[each] > 0 || each === state).map((value) => ({
              value,
              label: t('items.counted', { state: t(`items.states.${value}`), count: counts[value] }),
            })),
          ]}
          onChange={({ currentTarget }) => setState((currentTarget.value as BatchItemState) || null)}
        />
      </Group>
      <Loaded query={items} failed={t('failed.items')}>
        {() =>
          shown.length === 0 ? (
            <Text c="dimmed">{t('items.none')}</Text>
          ) : (
            <Rows label={t('items.label')}>
              {shown.map((item) => (
                <Item key={item.index} item={item} />
              ))}
            </Rows>
          )
        }
      </Loaded>
      <More query={items} label={t('items.more')} />
    </Stack>
  )
}

function Item({ item }: { item: BatchItem }) {
  const t = useTranslations('batches')
  const { title, url, customId, state, pct, transcriptionId, error } = item
  return (
    <Recording
      name={title ?? url ?? customId ?? t('unnamed', { count: 1 })}
      transcriptionId={state === 'succeeded' ? transcriptionId : null}
      says={
        state === 'running' ? t('items.percent', { percent: percentWords(pct) }) : t(`items.states.${state}`)
      }
      error={error}
    />
  )
}
