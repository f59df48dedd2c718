import { Stack, Tabs } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { PageHead } from '../parts/page-head.tsx'
import { Accounts } from './accounts.tsx'
import { Models } from './models.tsx'
import { Overview } from './overview.tsx'
import { isPart } from './part.ts'

/** This installation, for the one who runs it. Which part is shown stands in the address. */
export function OperatorPage() {
  const t = useTranslations('operator')
  const { part = 'overview' } = useSearch({ from: '/inside/operator' })
  const navigate = useNavigate()
  return (
    <Stack gap="lg">
      <PageHead title={useTranslations('shell.pages')('operator')} says={t('says')} />
      <Tabs
        value={part}
        onChange={(chosen) =>
          void navigate({
            to: '/operator',
            search: isPart(chosen) && chosen !== 'overview' ? { part: chosen } : {},
          })
        }
        keepMounted={false}
      >
        <Tabs.List mb="lg">
          <Tabs.Tab value="overview">{t('tabs.overview')}</Tabs.Tab>
          <Tabs.Tab value="models">{t('tabs.models')}</Tabs.Tab>
          <Tabs.Tab value="accounts">{t('tabs.accounts')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="overview">
          <Overview />
        </Tabs.Panel>
        <Tabs.Panel value="models">
          <Models />
        </Tabs.Panel>
        <Tabs.Panel value="accounts">
          <Accounts />
        </Tabs.Panel>
      </Tabs>
    </Stack>
  )
}
