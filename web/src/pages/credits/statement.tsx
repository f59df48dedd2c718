import { Anchor, Button, EmptyState, Group, Paper, Stack, Switch, Table, Text, Title } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
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
  const ledger = useLedger()
  const [reservations, setReservations] = useState(false)
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="statement">
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={2} size="h4" id="statement">
            Statement
          </Title>
          <Group gap="md">
            <Switch
              label="Show reservations"
              checked={reservations}
              onChange={(event) => setReservations(event.currentTarget.checked)}
            />
            <DownloadCsv />
          </Group>
        </Group>
        <Loaded query={ledger} failed="We could not load the statement">
          {({ pages }) => (
            <Movements
              items={pages
                .flatMap(({ items }) => items)
                .filter((item) => reservations || item.postedChange !== 0)}
            />
          )}
        </Loaded>
        <More query={ledger} label="Show older ones" />
      </Stack>
    </Paper>
  )
}

function Movements({ items }: { items: LedgerItem[] }) {
  if (items.length === 0)
    return (
      <EmptyState
        title="Nothing yet"
        description="What is added to your credits, and what each transcription cost, will be listed here."
      />
    )
  return (
    <Table aria-label="Movements of credits">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>What</Table.Th>
          <Table.Th>When</Table.Th>
          <Table.Th ta="right">Credits</Table.Th>
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
        Download CSV
      </Button>
      <Problem error={fetching.error} />
    </>
  )
}
