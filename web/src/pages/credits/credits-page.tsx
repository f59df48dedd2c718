import { Stack } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { Loaded } from '../parts/loaded.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { Balance } from './balance.tsx'
import { useCredits } from './data.ts'
import { Statement } from './statement.tsx'
import { Usage } from './usage.tsx'

export function CreditsPage() {
  const t = useTranslations('credits')
  const credits = useCredits()
  return (
    <Stack gap="lg">
      <PageHead title={useTranslations('shell.pages')('credits')} says={t('says')} />
      <Loaded query={credits} failed={t('failed')}>
        {(data) => <Balance credits={data} />}
      </Loaded>
      <Usage />
      <Statement />
    </Stack>
  )
}
