import { SimpleGrid, Stack } from '@mantine/core'
import type { OperatorOverview } from '../../../../src/contract/operator.ts'
import { counted } from '../parts/counted.ts'
import { Figure } from '../parts/figure.tsx'
import { Loaded } from '../parts/loaded.tsx'
import { When } from '../parts/when.tsx'
import { bytesWords } from '../parts/words.ts'
import { useOverview } from './data.ts'
import { Downloader } from './downloader.tsx'
import { Health } from './health.tsx'
import { Limits } from './limits.tsx'
import { Runners } from './runners.tsx'
import { Workers } from './workers.tsx'

export function Overview() {
  const overview = useOverview()
  return (
    <Stack gap="lg">
      <Loaded query={overview} failed="We could not load the overview">
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
      <Loaded query={overview} failed="We could not load the limits">
        {({ limits }) => <Limits limits={limits} />}
      </Loaded>
    </Stack>
  )
}

function Figures({ overview }: { overview: OperatorOverview }) {
  const { transcriptions, waitingSince, storage, accounts, workers } = overview
  const slots = workers.flatMap((worker) => worker.slots)
  const busy = slots.filter(({ state }) => state === 'busy').length
  const count = (state: string): number => transcriptions[state] ?? 0
  return (
    <SimpleGrid cols={{ base: 2, lg: 4 }} component="dl" m={0}>
      <Figure label="Waiting" value={count('queued').toLocaleString()}>
        {waitingSince === null ? (
          'nothing waits'
        ) : (
          <>
            the oldest since <When at={waitingSince} />
          </>
        )}
      </Figure>
      <Figure label="Under way" value={count('running').toLocaleString()}>
        {slots.length === 0 ? 'no engine runs' : `${busy} of ${slots.length} engine slots busy`}
      </Figure>
      <Figure label="Done in 24 hours" value={count('succeeded').toLocaleString()}>
        {count('failed') === 0 ? 'none failed' : `${count('failed').toLocaleString()} failed`}
      </Figure>
      <Figure label="Media stored" value={bytesWords(storage.bytes)}>
        {counted(storage.files, 'file')} of {counted(accounts, 'account')}
      </Figure>
    </SimpleGrid>
  )
}
