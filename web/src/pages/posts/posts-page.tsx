import { Button, Modal, Stack, Tabs } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { PageHead } from '../parts/page-head.tsx'
import { Accounts } from './accounts.tsx'
import { DraftPage } from './draft-page.tsx'
import { Drafts } from './drafts.tsx'
import { isPart } from './part.ts'
import { Schedule } from './schedule.tsx'
import { Write } from './write.tsx'

/** What was said, published elsewhere. Which part or draft is shown stands in the address. */
export function PostsPage() {
  const t = useTranslations('posts')
  const { part = 'schedule', draft } = useSearch({ from: '/inside/posts' })
  const navigate = useNavigate()
  const [writing, setWriting] = useState(false)
  const close = () => setWriting(false)
  if (draft !== undefined) return <DraftPage key={draft} id={draft} />
  return (
    <Stack gap="lg">
      <PageHead title={t('schedule.list')} says={t('says')}>
        <Button onClick={() => setWriting(true)}>{t('write')}</Button>
      </PageHead>
      <Tabs
        value={part}
        onChange={(chosen) => void navigate({ to: '/posts', search: isPart(chosen) ? { part: chosen } : {} })}
        keepMounted={false}
      >
        <Tabs.List mb="lg">
          <Tabs.Tab value="schedule">{t('tabs.schedule')}</Tabs.Tab>
          <Tabs.Tab value="drafts">{t('tabs.drafts')}</Tabs.Tab>
          <Tabs.Tab value="accounts">{t('tabs.accounts')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="schedule">
          <Schedule />
        </Tabs.Panel>
        <Tabs.Panel value="drafts">
          <Drafts />
        </Tabs.Panel>
        <Tabs.Panel value="accounts">
          <Accounts />
        </Tabs.Panel>
      </Tabs>
      <Modal opened={writing} onClose={close} title={t('write')}>
        <Write
          onCancel={close}
          onMade={({ id }) => {
            close()
            void navigate({ to: '/posts', search: { draft: id } })
          }}
        />
      </Modal>
    </Stack>
  )
}
