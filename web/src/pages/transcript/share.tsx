import { Button, Group, Modal, NativeSelect, Stack, Text, Title } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useState } from 'react'
import { CopyLine } from '../parts/copy-line.tsx'
import { Loaded } from '../parts/loaded.tsx'
import { Problem } from '../parts/problem.tsx'
import { Row, Rows } from '../parts/rows.tsx'
import { When } from '../parts/when.tsx'
import { useCreateShare, useRevokeShare, useShares } from './data.ts'
import { type Quote, quoteLink } from './quote/quote.ts'

const DAY_MS = 24 * 3_600_000

const LASTING = [
  { value: '0', label: 'until you revoke it' },
  { value: '1', label: 'for a day' },
  { value: '7', label: 'for a week' },
  { value: '30', label: 'for 30 days' },
]

/** Addresses of this computer to itself. */
const ONLY_HERE = /^(localhost|127\.|\[::1\])/

/** Links for readers who have no login. */
export function Share({ id, quote }: { id: string; quote: Quote | undefined }) {
  const [opened, { open, close }] = useDisclosure()
  return (
    <>
      <Button size="sm" variant="default" onClick={open}>
        Share
      </Button>
      <Modal opened={opened} onClose={close} title="Share by a link" size="lg" centered>
        <Stack>
          <Text size="sm">
            Whoever has the link can read this transcript and play its recording, without a login. They cannot
            change anything, and see nothing else.
          </Text>
          {ONLY_HERE.test(location.hostname) && (
            <Text size="sm" fw={600}>
              You opened Earshot at {location.host}, which only this computer can reach. For a link that
              others can open, come here by the address that they use.
            </Text>
          )}
          <MakeLink id={id} quote={quote} />
          <Links id={id} />
        </Stack>
      </Modal>
    </>
  )
}

function MakeLink({ id, quote }: { id: string; quote: Quote | undefined }) {
  const [days, setDays] = useState('0')
  const create = useCreateShare(id)
  const make = (): void =>
    create.mutate(
      days === '0' ? {} : { expiresAt: new Date(Date.now() + Number(days) * DAY_MS).toISOString() },
    )
  return (
    <Stack gap="xs">
      <Group align="end" gap="xs">
        <NativeSelect
          label="The link works"
          data={LASTING}
          value={days}
          onChange={({ currentTarget }) => setDays(currentTarget.value)}
        />
        <Button onClick={make} loading={create.isPending}>
          Make link
        </Button>
      </Group>
      <Problem error={create.error} />
      {create.data && (
        <Stack gap={4} role="status">
          <CopyLine value={quote ? quoteLink(create.data.url, quote) : create.data.url} label="Copy link" />
          {quote && <Text size="sm">It opens at the quote, and plays just that.</Text>}
          <Text size="sm" c="dimmed">
            Copy it now: it is not shown again.
          </Text>
        </Stack>
      )}
    </Stack>
  )
}

function Links({ id }: { id: string }) {
  const shares = useShares(id)
  const revoke = useRevokeShare(id)
  return (
    <Stack gap="xs">
      <Title order={3} size="h6">
        Links that work
      </Title>
      <Problem error={revoke.error} />
      <Loaded query={shares} failed="We could not load the links">
        {({ items }) =>
          items.length === 0 ? (
            <Text size="sm" c="dimmed">
              None: only your account sees this transcript.
            </Text>
          ) : (
            <Rows label="Links">
              {items.map((share, k) => (
                <Row
                  key={share.id}
                  actions={
                    <Button
                      size="xs"
                      variant="default"
                      loading={revoke.isPending && revoke.variables === share.id}
                      onClick={() => revoke.mutate(share.id)}
                      aria-label={`Revoke link ${items.length - k}`}
                    >
                      Revoke
                    </Button>
                  }
                >
                  <Text size="sm">
                    Made <When at={share.createdAt} />
                    {share.expiresAt && (
                      <>
                        , ends <When at={share.expiresAt} />
                      </>
                    )}
                  </Text>
                  <Text size="sm" c="dimmed">
                    {share.lastOpenedAt ? (
                      <>
                        Last opened <When at={share.lastOpenedAt} />
                      </>
                    ) : (
                      'Not opened yet'
                    )}
                  </Text>
                </Row>
              ))}
            </Rows>
          )
        }
      </Loaded>
    </Stack>
  )
}
