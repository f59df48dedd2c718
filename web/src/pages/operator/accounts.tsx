import { Button, EmptyState, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Loaded } from '../parts/loaded.tsx'
import { More } from '../parts/more.tsx'
import { Row, Rows } from '../parts/rows.tsx'
import { Section } from '../parts/section.tsx'
import { When } from '../parts/when.tsx'
import { type Account, useAccounts } from './data.ts'
import { Grant } from './grant.tsx'
import { InviteTo } from './invite-to.tsx'
import { NewAccount } from './new-account.tsx'

const TYPING_MS = 250

export function Accounts() {
  const t = useTranslations('operator')
  const [typed, setTyped] = useState('')
  const [q] = useDebouncedValue(typed.trim(), TYPING_MS)
  const accounts = useAccounts(q)
  const [making, setMaking] = useState(false)
  return (
    <Section
      title={t('tabs.accounts')}
      says={t('accounts.says')}
      aside={<Button onClick={() => setMaking(true)}>{t('accounts.new')}</Button>}
    >
      <TextInput
        type="search"
        aria-label={t('accounts.find')}
        placeholder={t('accounts.findByName')}
        maw={320}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <Loaded query={accounts} failed={t('accounts.failed')}>
        {({ pages }) => <Found accounts={pages.flatMap((page) => page.accounts)} q={q} />}
      </Loaded>
      <More query={accounts} />
      <NewAccount opened={making} onClose={() => setMaking(false)} />
    </Section>
  )
}

function Found({ accounts, q }: { accounts: Account[]; q: string }) {
  const t = useTranslations('operator')
  const [granting, setGranting] = useState<Account>()
  const [inviting, setInviting] = useState<Account>()
  if (accounts.length === 0)
    return <EmptyState title={t('accounts.none', { q })} description={t('accounts.noneSays')} />
  return (
    <>
      <Rows label={t('tabs.accounts')}>
        {accounts.map((account) => (
          <OneAccount
            key={account.id}
            account={account}
            onGrant={() => setGranting(account)}
            onInvite={() => setInviting(account)}
          />
        ))}
      </Rows>
      <Grant account={granting} onClose={() => setGranting(undefined)} />
      <InviteTo account={inviting} onClose={() => setInviting(undefined)} />
    </>
  )
}

interface OneAccountProps {
  account: Account
  onGrant(): void
  onInvite(): void
}

function OneAccount({ account, onGrant, onInvite }: OneAccountProps) {
  const t = useTranslations('operator')
  const { name, plan, posted, pending, createdAt } = account
  return (
    <Row
      actions={
        <>
          <Button size="xs" variant="default" onClick={onGrant} aria-label={t('accounts.giveTo', { name })}>
            {t('accounts.give')}
          </Button>
          <Button
            size="xs"
            variant="default"
            onClick={onInvite}
            aria-label={t('accounts.inviteTo', { name })}
          >
            {t('accounts.invite')}
          </Button>
        </>
      }
    >
      <Text fw={600}>{name}</Text>
      <Text size="sm" c="dimmed">
        {t.rich(pending > 0 ? 'accounts.factsReserved' : 'accounts.facts', {
          available: posted - pending,
          reserved: pending,
          plan,
          when: () => <When at={createdAt} />,
        })}
      </Text>
    </Row>
  )
}
