import { Badge, Button, EmptyState, Group, Modal, Stack, Text } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { BatchReply } from '../../../../src/contract/batches.ts'
import { Loaded } from '../parts/loaded.tsx'
import { More } from '../parts/more.tsx'
import { Row, Rows } from '../parts/rows.tsx'
import { When } from '../parts/when.tsx'
import { BatchLink } from './batch-link.tsx'
import { BatchProgress } from './batch-progress.tsx'
import { useBatches } from './data.ts'
import { NewBatch } from './new-batch.tsx'
import { BATCH_COLORS } from './state-colors.ts'
import { batchName, countWords } from './words.ts'

/** All batches, the newest first. */
export function Batches() {
  const t = useTranslations('batches')
  const batches = useBatches()
  const navigate = useNavigate()
  const [creating, setCreating] = useState(false)
  const items = batches.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <Stack>
      <Group justify="end">
        <Button onClick={() => setCreating(true)}>{t('create')}</Button>
      </Group>
      <Loaded query={batches} failed={t('failed.batches')}>
        {() =>
          items.length === 0 ? (
            <EmptyState title={t('none.title')} description={t('none.text')} />
          ) : (
            <Rows label={t('parts.batches')}>
              {items.map((batch) => (
                <Batch key={batch.id} batch={batch} />
              ))}
            </Rows>
          )
        }
      </Loaded>
      <More query={batches} />
      <Modal opened={creating} onClose={() => setCreating(false)} title={t('form.title')} size="xl">
        <NewBatch
          onCancel={() => setCreating(false)}
          onCreated={({ id }) => void navigate({ to: '/batches', search: { batch: id } })}
        />
      </Modal>
    </Stack>
  )
}

function Batch({ batch }: { batch: BatchReply }) {
  const t = useTranslations('batches')
  const { id, state, createdAt, finishedAt } = batch
  return (
    <Row>
      <Group gap="xs">
        <BatchLink id={id} fw={600}>
          {batchName(t, batch)}
        </BatchLink>
        <Badge color={BATCH_COLORS[state]} variant="light">
          {t(`states.${state}`)}
        </Badge>
      </Group>
      <Text size="sm" c="dimmed">
        {countWords(t, batch)} · <When at={createdAt} />
      </Text>
      {finishedAt === null && <BatchProgress batch={batch} />}
    </Row>
  )
}
