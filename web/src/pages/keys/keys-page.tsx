import { Button, EmptyState, Stack, Switch } from '@mantine/core'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { CreateKeyReply, KeyReply } from '../../../../src/contract/account.ts'
import { Confirm } from '../parts/confirm.tsx'
import { Loaded } from '../parts/loaded.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { CreateKey } from './create-key.tsx'
import { useKeys, useRevokeKey } from './data.ts'
import { ExamplesPanel } from './examples-panel.tsx'
import { FreshKey } from './fresh-key.tsx'
import { KeyList } from './key-list.tsx'

export function KeysPage() {
  const t = useTranslations('keys')
  const keys = useKeys()
  const [making, setMaking] = useState(false)
  const [fresh, setFresh] = useState<CreateKeyReply>()
  const [revoking, setRevoking] = useState<KeyReply>()
  const made = (key: CreateKeyReply) => {
    setFresh(key)
    setMaking(false)
  }
  return (
    <Stack gap="lg">
      <PageHead title={t('list')} says={t('says')}>
        <Button onClick={() => setMaking(true)}>{t('new')}</Button>
      </PageHead>
      {fresh && <FreshKey created={fresh} onClose={() => setFresh(undefined)} />}
      <Loaded query={keys} failed={t('failed')}>
        {({ items }) => <Keys items={items} onRevoke={setRevoking} />}
      </Loaded>
      <ExamplesPanel apiKey={fresh?.apiKey} />
      <CreateKey opened={making} onClose={() => setMaking(false)} onCreated={made} />
      <Revoke item={revoking} onClose={() => setRevoking(undefined)} />
    </Stack>
  )
}

/** What works first; the rest is history, out of the way. */
function Keys({ items, onRevoke }: { items: KeyReply[]; onRevoke(key: KeyReply): void }) {
  const t = useTranslations('keys')
  const [all, setAll] = useState(false)
  const active = items.filter(({ status }) => status === 'active')
  const ended = items.length - active.length
  return (
    <Stack gap="sm">
      {active.length === 0 && <EmptyState title={t('none')} description={t('noneSays')} />}
      <KeyList keys={all ? items : active} onRevoke={onRevoke} />
      {ended > 0 && (
        <Switch
          label={t('showEnded', { count: ended })}
          checked={all}
          onChange={(event) => setAll(event.currentTarget.checked)}
        />
      )}
    </Stack>
  )
}

function Revoke({ item, onClose }: { item: KeyReply | undefined; onClose(): void }) {
  const t = useTranslations('keys')
  const revoke = useRevokeKey()
  return (
    <Confirm
      opened={item !== undefined}
      title={t('revoke.title', { name: item?.name ?? '' })}
      action={t('revoke.do')}
      keep={t('revoke.keep')}
      run={async () => item && revoke(item.id)}
      onClose={onClose}
    >
      {t('revoke.says')}
    </Confirm>
  )
}
