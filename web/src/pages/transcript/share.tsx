import { Button, Group, Modal, NativeSelect, Stack, Text, Title } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { CopyLine } from '../parts/copy-line.tsx'
import { Loaded } from '../parts/loaded.tsx'
import { Problem } from '../parts/problem.tsx'
import { Row, Rows } from '../parts/rows.tsx'
import { When } from '../parts/when.tsx'
import { useCreateShare, useRevokeShare, useShares } from './data.ts'
import { type Quote, quoteLink } from './quote/quote.ts'

const DAY_MS = 24 * 3_600_000

/** Days; 0: for ever. */
const LASTING = ['0', '1', '7', '30'] as const

/** Addresses of this computer to itself. */
const ONLY_HERE = /^(localhost|127\.|\[::1\])/

/** Links for readers who have no login. */
export function Share({ id, quote }: { id: string; quote: Quote | undefined }) {
  const t = useTranslations('transcript')
  const [opened, { open, close }] = useDisclosure()
  return (
    <>
      <Button size="sm" variant="default" onClick={open}>
        {t('share.open')}
      </Button>
      <Modal opened={opened} onClose={close} title={t('share.title')} size="lg" centered>
        <Stack>
          <Text size="sm">{t('share.says')}</Text>
          {ONLY_HERE.test(location.hostname) && (
            <Text size="sm" fw={600}>
              {t('share.onlyHere', { host: location.host })}
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
  const t = useTranslations('transcript')
  const parts = useTranslations('parts')
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
          label={t('share.lasting')}
          data={LASTING.map((value) => ({ value, label: t(`share.days.${value}`) }))}
          value={days}
          onChange={({ currentTarget }) => setDays(currentTarget.value)}
        />
        <Button onClick={make} loading={create.isPending}>
          {t('share.make')}
        </Button>
      </Group>
      <Problem error={create.error} />
      {create.data && (
        <Stack gap={4} role="status">
          <CopyLine
            value={quote ? quoteLink(create.data.url, quote) : create.data.url}
            label={parts('copyLink')}
          />
          {quote && <Text size="sm">{t('share.quote')}</Text>}
          <Text size="sm" c="dimmed">
            {t('share.copyNow')}
          </Text>
        </Stack>
      )}
    </Stack>
  )
}

function Links({ id }: { id: string }) {
  const t = useTranslations('transcript')
  const shares = useShares(id)
  const revoke = useRevokeShare(id)
  return (
    <Stack gap="xs">
      <Title order={3} size="h6">
        {t('share.links')}
      </Title>
      <Problem error={revoke.error} />
      <Loaded query={shares} failed={t('share.failed')}>
        {({ items }) =>
          items.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t('share.none')}
            </Text>
          ) : (
            <Rows label={t('share.list')}>
              {items.map((share, k) => (
                <Row
                  key={share.id}
                  actions={
                    <Button
                      size="xs"
                      variant="default"
                      loading={revoke.isPending && revoke.variables === share.id}
                      onClick={() => revoke.mutate(share.id)}
                      aria-label={t('share.revokeNamed', { number: String(items.length - k) })}
                    >
                      {t('share.revoke')}
                    </Button>
                  }
                >
                  <Text size="sm">
                    {t.rich(share.expiresAt ? 'share.madeEnds' : 'share.made', {
                      when: () => <When at={share.createdAt} />,
                      end: () => share.expiresAt && <When at={share.expiresAt} />,
                    })}
                  </Text>
                  <Text size="sm" c="dimmed">
                    {share.lastOpenedAt
                      ? t.rich('share.opened', { when: () => <When at={share.lastOpenedAt ?? 0} /> })
                      : t('share.unopened')}
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
