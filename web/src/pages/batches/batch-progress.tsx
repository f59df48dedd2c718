import { Progress } from '@mantine/core'
import { useTranslations } from 'use-intl'
import type { BatchReply } from '../../../../src/contract/batches.ts'
import { percentWords } from '../parts/words.ts'
import { batchName } from './words.ts'

/** How far it is, of all of its recordings. */
export function BatchProgress({ batch }: { batch: BatchReply }) {
  const t = useTranslations('batches')
  return (
    <Progress.Root maw={480}>
      <Progress.Section
        value={batch.pct}
        aria-label={t('progress', { title: batchName(t, batch), percent: percentWords(batch.pct) })}
      />
    </Progress.Root>
  )
}
