import { Button, EmptyState, Group, Modal, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
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
  const t = useTranslations('posts')
  const accounts = usePostAccounts()
  const [connecting, setConnecting] = useState(false)
  const [fresh, setFresh] = useState<ConnectPostAccountReply>()
  const close = () => setConnecting(false)
  return (
    <Stack>
      <Group justify="space-between">
        <Text c="dimmed" size="sm" maw={560}>
          {t('accounts.says')}
        </Text>
        <Button onClick={() => setConnecting(true)}>{t('accounts.connect')}</Button>
      </Group>
      {fresh?.secret && (
        <ShownOnce
          title={t('accounts.connected', { handle: fresh.handle })}
          value={fresh.secret}
          copy={t('accounts.copy')}
          hide={t('accounts.hide')}
          onClose={() => setFresh(undefined)}
        >
          {t('accounts.secretSays')}
        </ShownOnce>
      )}
      <Loaded query={accounts} failed={t('accounts.failed')}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={t('accounts.none')} description={t('accounts.noneSays')} />
          ) : (
            <Rows label={t('tabs.accounts')}>
              {items.map((account) => (
                <Account key={account.id} account={account} />
              ))}
            </Rows>
          )
        }
      </Loaded>
      <Modal opened={connecting} onClose={close} title={t('accounts.connectTitle')}>
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
  const t = useTranslations('posts')
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
            aria-label={t('accounts.testNamed', { handle })}
            onClick={() => test.mutate(undefined)}
          >
            {t('accounts.test')}
          </Button>
          <Button
            size="xs"
            variant="default"
            aria-label={t('accounts.removeNamed', { handle })}
            onClick={() => setAsking(true)}
          >
            {t('accounts.remove')}
          </Button>
        </>
      }
    >
      <Text fw={600}>{handle}</Text>
      <Text size="sm" c="dimmed">
        {t.rich('accounts.facts', {
          platform: PLATFORM_NAMES[platform],
          limit: characterLimit,
          when: () => <When at={createdAt} />,
        })}
      </Text>
      {test.isSuccess && (
        <Text size="sm" role="status">
          {platform === 'webhook' ? t('accounts.accepted') : t('accounts.works')}
        </Text>
      )}
      <Problem error={test.error} />
      <Confirm
        opened={asking}
        title={t('accounts.removeAsk')}
        action={t('accounts.removeDo')}
        run={() => disconnect.mutateAsync(undefined)}
        onClose={() => setAsking(false)}
      >
        {t('accounts.removeSays', { handle })}
      </Confirm>
    </Row>
  )
}
