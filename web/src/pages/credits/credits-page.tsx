import { Stack } from '@mantine/core'
import { Loaded } from '../parts/loaded.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { Balance } from './balance.tsx'
import { useCredits } from './data.ts'
import { Statement } from './statement.tsx'
import { Usage } from './usage.tsx'

export function CreditsPage() {
  const credits = useCredits()
  return (
    <Stack gap="lg">
      <PageHead title="Credits" says="What this account has, what it spent, and on what." />
      <Loaded query={credits} failed="We could not load your balance">
        {(data) => <Balance credits={data} />}
      </Loaded>
      <Usage />
      <Statement />
    </Stack>
  )
}
