import { Button, EmptyState, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
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
  const [typed, setTyped] = useState('')
  const [q] = useDebouncedValue(typed.trim(), TYPING_MS)
  const accounts = useAccounts(q)
  const [making, setMaking] = useState(false)
  return (
    <Section
      title="Accounts"
      says="Each has its own credits, keys, people and transcripts, and sees nothing of the others."
      aside={<Button onClick={() => setMaking(true)}>New account</Button>}
    >
      <TextInput
        type="search"
        aria-label="Find an account by its name"
        placeholder="Find by name"
        maw={320}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <Loaded query={accounts} failed="We could not load the accounts">
        {({ pages }) => <Found accounts={pages.flatMap((page) => page.accounts)} q={q} />}
      </Loaded>
      <More query={accounts} />
      <NewAccount opened={making} onClose={() => setMaking(false)} />
    </Section>
  )
}

function Found({ accounts, q }: { accounts: Account[]; q: string }) {
  const [granting, setGranting] = useState<Account>()
  const [inviting, setInviting] = useState<Account>()
  if (accounts.length === 0)
    return (
      <EmptyState
        title={`No account is called “${q}”`}
        description="Try a part of the name, or make a new account."
      />
    )
  return (
    <>
      <Rows label="Accounts">
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
  const { name, plan, posted, pending, createdAt } = account
  return (
    <Row
      actions={
        <>
          <Button size="xs" variant="default" onClick={onGrant} aria-label={`Give credits to ${name}`}>
            Give credits
          </Button>
          <Button size="xs" variant="default" onClick={onInvite} aria-label={`Invite to ${name}`}>
            Invite
          </Button>
        </>
      }
    >
      <Text fw={600}>{name}</Text>
      <Text size="sm" c="dimmed">
        {(posted - pending).toLocaleString()} credits
        {pending > 0 && `, ${pending.toLocaleString()} more reserved`} · {plan} plan · since{' '}
        <When at={createdAt} />
      </Text>
    </Row>
  )
}
