import { Anchor, Button, EmptyState, Group, Paper, Stack, Switch, Table, Text, Title } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Loaded } from '../parts/loaded.tsx'
import { More } from '../parts/more.tsx'
import { Problem } from '../parts/problem.tsx'
import { saveAs } from '../parts/save-as.ts'
import { When } from '../parts/when.tsx'
import { type LedgerItem, useLedger, wholeLedger } from './data.ts'
import { statementCsv } from './statement-csv.ts'
import { signed, wordsFor } from './statement-words.ts'

/** Every movement of credits. What was only reserved for a while is shown when asked for. */
export function Statement() {
  const t = useTranslations('credits')
  const ledger = useLedger()
  const [reservations, setReservations] = useState(false)
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="statement">
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={2} size="h4" id="statement">
            {t('statement.title')}
          </Title>
          <Group gap="md">
            <Switch
              label={t('statement.reservations')}
              checked={reservations}
              onChange={(event) => setReservations(event.currentTarget.checked)}
            />
            <DownloadCsv />
          </Group>
        </Group>
        <Loaded query={ledger} failed={t('statement.failed')}>
          {({ pages }) => (
            <Movements
              items={pages
                .flatMap(({ items }) => items)
                .filter((item) => reservations || item.postedChange !== 0)}
            />
          )}
        </Loaded>
        <More query={ledger} label={t('statement.older')} />
      </Stack>
    </Paper>
  )
}

function Movements({ items }: { items: LedgerItem[] }) {
  const t = useTranslations('credits')
  if (items.length === 0)
    return <EmptyState title={t('statement.none')} description={t('statement.noneSays')} />
  return (
    <Table aria-label={t('statement.label')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('statement.what')}</Table.Th>
          <Table.Th>{t('statement.when')}</Table.Th>
          <Table.Th ta="right">{t('statement.credits')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {items.map((item) => (
          <Table.Tr key={item.id}>
            <Table.Td>
              <What item={item} />
              {item.note && (
                <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
                  {item.note}
                </Text>
              )}
            </Table.Td>
            <Table.Td>
              <When at={item.createdAt} />
            </Table.Td>
            <Table.Td ta="right" style={{ whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' }}>
              {signed(item.postedChange || item.availableChange)}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

function What({ item }: { item: LedgerItem }) {
  const { transcriptionId: id } = item
  if (id === null) return wordsFor(item)
  return (
    <Anchor size="sm" renderRoot={(props) => <Link to="/transcripts/$id" params={{ id }} {...props} />}>
      {wordsFor(item)}
    </Anchor>
  )
}

function DownloadCsv() {
  const t = useTranslations('credits')
  const fetching = useMutation({
    mutationFn: async () =>
      saveAs(
        new Blob([statementCsv(await wholeLedger())], { type: 'text/csv;charset=utf-8' }),
        'credits.csv',
      ),
  })
  return (
    <>
      <Button variant="default" size="xs" loading={fetching.isPending} onClick={() => fetching.mutate()}>
        {t('statement.download')}
      </Button>
      <Problem error={fetching.error} />
    </>
  )
}
