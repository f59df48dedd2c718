import { Anchor, Badge, Button, Group, Stack, Text, Title } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { BatchReply } from '../../../../src/contract/batches.ts'
import { Confirm } from '../parts/confirm.tsx'
import { Loaded } from '../parts/loaded.tsx'
import { When } from '../parts/when.tsx'
import { BatchProgress } from './batch-progress.tsx'
import { useBatch, useDeleteBatch } from './data.ts'
import { Items } from './items.tsx'
import { Results } from './results.tsx'
import { BATCH_COLORS } from './state-colors.ts'
import { batchName, countWords } from './words.ts'

/** A batch with its progress, its results and its recordings. */
export function OneBatch({ id }: { id: string }) {
  const t = useTranslations('batches')
  const batch = useBatch(id)
  return (
    <Stack gap="lg">
      <Anchor size="sm" renderRoot={(root) => <Link to="/batches" {...root} />}>
        {t('all')}
      </Anchor>
      <Loaded query={batch} failed={t('failed.batch')}>
        {(found) => (
          <>
            <Head batch={found} />
            {found.counts.succeeded > 0 && <Results id={id} />}
            <Items batch={found} />
          </>
        )}
      </Loaded>
    </Stack>
  )
}

function Head({ batch }: { batch: BatchReply }) {
  const t = useTranslations('batches')
  const { id, state, source, creditsDebited, createdAt, finishedAt } = batch
  return (
    <Stack gap="xs">
      <Group justify="space-between" align="end" gap="md">
        <Stack gap={4} miw={0} flex="1 1 14rem" style={{ overflowWrap: 'anywhere' }}>
          <Group gap="xs">
            <Title order={1} size="h2" dir="auto">
              {batchName(t, batch)}
            </Title>
            <Badge color={BATCH_COLORS[state]} variant="light">
              {t(`states.${state}`)}
            </Badge>
          </Group>
          <Text c="dimmed" size="sm" component="div">
            {countWords(t, batch)} · {t('cost', { credits: creditsDebited })} · <When at={createdAt} />
          </Text>
          {source && (
            <Text c="dimmed" size="sm">
              {t('source', { source: source.url })}
            </Text>
          )}
        </Stack>
        <Ending id={id} isRunning={finishedAt === null} isCancelling={state === 'cancelling'} />
      </Group>
      {finishedAt === null && <BatchProgress batch={batch} />}
    </Stack>
  )
}

interface EndingProps {
  id: string
  isRunning: boolean
  isCancelling: boolean
}

/** Cancels it while it runs, and removes it afterwards. */
function Ending({ id, isRunning, isCancelling }: EndingProps) {
  const t = useTranslations('batches')
  const navigate = useNavigate()
  const end = useDeleteBatch(id)
  const [asking, setAsking] = useState<'cancel' | 'remove'>()
  const what = isRunning ? 'cancel' : 'remove'
  const shown = asking ?? what
  return (
    <>
      <Button variant="default" disabled={isCancelling} onClick={() => setAsking(what)}>
        {t(`${what}.action`)}
      </Button>
      <Confirm
        opened={asking !== undefined}
        title={t(`${shown}.title`)}
        action={t(`${shown}.action`)}
        {...(shown === 'cancel' && { keep: t('cancel.keep') })}
        run={async () => {
          const { outcome } = await end.mutateAsync(undefined)
          if (outcome === 'removed') await navigate({ to: '/batches' })
        }}
        onClose={() => setAsking(undefined)}
      >
        {t(`${shown}.text`)}
      </Confirm>
    </>
  )
}
