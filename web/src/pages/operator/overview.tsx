import { SimpleGrid, Stack } from '@mantine/core'
import { useTranslations } from 'use-intl'
import type { OperatorOverview } from '../../../../src/contract/operator.ts'
import { Figure } from '../parts/figure.tsx'
import { Loaded } from '../parts/loaded.tsx'
import { When } from '../parts/when.tsx'
import { bytesWords, numberWords } from '../parts/words.ts'
import { useOverview } from './data.ts'
import { Downloader } from './downloader.tsx'
import { Health } from './health.tsx'
import { Limits } from './limits.tsx'
import { Runners } from './runners.tsx'
import { Workers } from './workers.tsx'

export function Overview() {
  const t = useTranslations('operator')
  const overview = useOverview()
  return (
    <Stack gap="lg">
      <Loaded query={overview} failed={t('overview.failed')}>
        {(data) => (
          <>
            <Figures overview={data} />
            <Workers workers={data.workers} />
          </>
        )}
      </Loaded>
      <Runners />
      <Health />
      <Downloader />
      <Loaded query={overview} failed={t('overview.limitsFailed')}>
        {({ limits }) => <Limits limits={limits} />}
      </Loaded>
    </Stack>
  )
}

function Figures({ overview }: { overview: OperatorOverview }) {
  const t = useTranslations('operator')
  const { transcriptions, waitingSince, storage, accounts, workers } = overview
  const slots = workers.flatMap((worker) => worker.slots)
  const busy = slots.filter(({ state }) => state === 'busy').length
  const count = (state: string): number => transcriptions[state] ?? 0
  return (
    <SimpleGrid cols={{ base: 2, lg: 4 }} component="dl" m={0}>
      <Figure label={t('figures.waiting')} value={numberWords(count('queued'))}>
        {waitingSince === null
          ? t('figures.nothingWaits')
          : t.rich('figures.oldest', { when: () => <When at={waitingSince} /> })}
      </Figure>
      <Figure label={t('figures.underWay')} value={numberWords(count('running'))}>
        {slots.length === 0 ? t('figures.noEngine') : t('figures.slots', { busy, count: slots.length })}
      </Figure>
      <Figure label={t('figures.done')} value={numberWords(count('succeeded'))}>
        {count('failed') === 0 ? t('figures.noneFailed') : t('figures.failed', { count: count('failed') })}
      </Figure>
      <Figure label={t('figures.stored')} value={bytesWords(storage.bytes)}>
        {t('figures.files', { files: storage.files, accounts })}
      </Figure>
    </SimpleGrid>
  )
}
