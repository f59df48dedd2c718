import { Button, EmptyState, Stack, Switch } from '@mantine/core'
import { useState } from 'react'
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
      <PageHead title="API keys" says="Keys let your programs transcribe in this account’s name.">
        <Button onClick={() => setMaking(true)}>New key</Button>
      </PageHead>
      {fresh && <FreshKey created={fresh} onClose={() => setFresh(undefined)} />}
      <Loaded query={keys} failed="We could not load your keys">
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
  const [all, setAll] = useState(false)
  const active = items.filter(({ status }) => status === 'active')
  const ended = items.length - active.length
  return (
    <Stack gap="sm">
      {active.length === 0 && (
        <EmptyState
          title="No working keys"
          description="Make one, and the examples below are ready to paste."
        />
      )}
      <KeyList keys={all ? items : active} onRevoke={onRevoke} />
      {ended > 0 && (
        <Switch
          label={`Show revoked and expired keys (${ended})`}
          checked={all}
          onChange={(event) => setAll(event.currentTarget.checked)}
        />
      )}
    </Stack>
  )
}

function Revoke({ item, onClose }: { item: KeyReply | undefined; onClose(): void }) {
  const revoke = useRevokeKey()
  return (
    <Confirm
      opened={item !== undefined}
      title={`Revoke “${item?.name ?? ''}”?`}
      action="Revoke key"
      keep="Keep it"
      run={async () => item && revoke(item.id)}
      onClose={onClose}
    >
      Whatever uses this key is refused from now on. A key cannot be brought back.
    </Confirm>
  )
}
