import { Button, EmptyState, Group, Modal, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import type { ConnectPostAccountReply, PostAccountReply } from '../../../../src/contract/posts.ts'
import { Confirm } from '../parts/confirm.tsx'
import { Loaded } from '../parts/loaded.tsx'
import { Problem } from '../parts/problem.tsx'
import { Row, Rows } from '../parts/rows.tsx'
import { ShownOnce } from '../parts/shown-once.tsx'
import { When } from '../parts/when.tsx'
import { Connect } from './connect.tsx'
import { useDisconnect, usePostAccounts, useTestAccount } from './data.ts'
import { PLATFORM_NAMES } from './platform-names.ts'

export function Accounts() {
  const accounts = usePostAccounts()
  const [connecting, setConnecting] = useState(false)
  const [fresh, setFresh] = useState<ConnectPostAccountReply>()
  const close = () => setConnecting(false)
  return (
    <Stack>
      <Group justify="space-between">
        <Text c="dimmed" size="sm" maw={560}>
          Tokens and passwords are stored encrypted, and never shown again.
        </Text>
        <Button onClick={() => setConnecting(true)}>Connect account</Button>
      </Group>
      {fresh?.secret && (
        <ShownOnce
          title={`${fresh.handle} is connected`}
          value={fresh.secret}
          copy="Copy secret"
          hide="Hide the secret"
          onClose={() => setFresh(undefined)}
        >
          Posts are signed with this secret; any Standard Webhooks library checks it. Copy it now: it is not
          shown again.
        </ShownOnce>
      )}
      <Loaded query={accounts} failed="We could not load the accounts">
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState
              title="No accounts yet"
              description="Connect an account on Mastodon or Bluesky, or a webhook that takes posts anywhere else."
            />
          ) : (
            <Rows label="Accounts">
              {items.map((account) => (
                <Account key={account.id} account={account} />
              ))}
            </Rows>
          )
        }
      </Loaded>
      <Modal opened={connecting} onClose={close} title="Connect an account">
        <Connect
          onCancel={close}
          onConnected={(account) => {
            setFresh(account)
            close()
          }}
        />
      </Modal>
    </Stack>
  )
}

function Account({ account }: { account: PostAccountReply }) {
  const { id, platform, handle, characterLimit, createdAt } = account
  const [asking, setAsking] = useState(false)
  const test = useTestAccount(id)
  const disconnect = useDisconnect(id)
  return (
    <Row
      actions={
        <>
          <Button
            size="xs"
            variant="default"
            loading={test.isPending}
            aria-label={`Test ${handle}`}
            onClick={() => test.mutate(undefined)}
          >
            Test
          </Button>
          <Button size="xs" variant="default" aria-label={`Remove ${handle}`} onClick={() => setAsking(true)}>
            Remove
          </Button>
        </>
      }
    >
      <Text fw={600}>{handle}</Text>
      <Text size="sm" c="dimmed">
        {PLATFORM_NAMES[platform]}. Up to {characterLimit.toLocaleString()} characters a post. Connected{' '}
        <When at={createdAt} />.
      </Text>
      {test.isSuccess && (
        <Text size="sm" role="status">
          {platform === 'webhook' ? 'It accepted the test.' : 'It works.'}
        </Text>
      )}
      <Problem error={test.error} />
      <Confirm
        opened={asking}
        title="Remove this account?"
        action="Remove account"
        run={() => disconnect.mutateAsync(undefined)}
        onClose={() => setAsking(false)}
      >
        What is published stays. Posts that wait for {handle} will fail when their time comes.
      </Confirm>
    </Row>
  )
}
