import { Stack, Tabs } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { PageHead } from '../parts/page-head.tsx'
import { Batches } from './batches.tsx'
import { OneBatch } from './one-batch.tsx'
import { isPart } from './part.ts'
import { Subscriptions } from './subscriptions.tsx'

/** Many recordings at once. Which part or batch is shown stands in the address. */
export function BatchesPage() {
  const t = useTranslations('batches')
  const { part = 'batches', batch } = useSearch({ from: '/inside/batches' })
  const navigate = useNavigate()
  if (batch !== undefined) return <OneBatch key={batch} id={batch} />
  return (
    <Stack gap="lg">
      <PageHead title={t('parts.batches')} says={t('says')} />
      <Tabs
        value={part}
        onChange={(chosen) =>
          void navigate({ to: '/batches', search: isPart(chosen) ? { part: chosen } : {} })
        }
        keepMounted={false}
      >
        <Tabs.List mb="lg">
          <Tabs.Tab value="batches">{t('parts.batches')}</Tabs.Tab>
          <Tabs.Tab value="subscriptions">{t('parts.subscriptions')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="batches">
          <Batches />
        </Tabs.Panel>
        <Tabs.Panel value="subscriptions">
          <Subscriptions />
        </Tabs.Panel>
      </Tabs>
    </Stack>
  )
}
