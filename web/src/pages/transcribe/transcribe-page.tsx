import { Alert, Anchor, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { useTranslations } from 'use-intl'
import { withMessages } from '../../i18n/catalogue.ts'
import { useSession } from '../../session.ts'
import { Loaded } from '../parts/loaded.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { capabilitiesQuery } from './data.ts'
import { OrderForm } from './order-form.tsx'

const Jobs = lazy(
  withMessages(['jobs'], () => import('./jobs/jobs.tsx').then(({ Jobs }) => ({ default: Jobs }))),
)

const Guide = lazy(
  withMessages(['guide'], () => import('./guide.tsx').then(({ Guide }) => ({ default: Guide }))),
)

export function TranscribePage() {
  const t = useTranslations('transcribe')
  const pages = useTranslations('shell.pages')
  const capabilities = useQuery(capabilitiesQuery)
  const [offered, offer] = useState<File>()
  return (
    <Stack gap="lg" maw={860} mx="auto">
      <PageHead title={pages('transcribe')} says={t('says')} />
      <Loaded query={capabilities} failed={t('failed')}>
        {(data) => (
          <>
            {data.models.length === 0 && <NoModel />}
            {data.models[0]?.standIn && <StandIn />}
            <OrderForm capabilities={data} offered={offered} />
          </>
        )}
      </Loaded>
      <Suspense>
        <Jobs />
      </Suspense>
      <Suspense>{capabilities.data && <Guide onSample={offer} />}</Suspense>
    </Stack>
  )
}

const NoModel = () => {
  const t = useTranslations('transcribe')
  return (
    <Alert color="orange" title={t('noModel.title')}>
      {t('noModel.text')} <WhereModels />
    </Alert>
  )
}

const StandIn = () => {
  const t = useTranslations('transcribe')
  return (
    <Alert color="blue" title={t('standIn.title')}>
      {t('standIn.text')} <WhereModels />
    </Alert>
  )
}

function WhereModels() {
  const t = useTranslations('transcribe')
  const { user } = useSession()
  return user.operator ? (
    <Anchor component={Link} to="/operator" inherit>
      {t('models.install')}
    </Anchor>
  ) : (
    t('models.operator')
  )
}
