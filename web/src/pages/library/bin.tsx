/** The bin: transcripts that were deleted and can still be restored. */

import { Alert, Anchor, Button, Group } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Confirm } from '../parts/confirm.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { Problem } from '../parts/problem.tsx'
import { useBinDays, useRemoveForGood, useRestore } from './archive.ts'
import { SelectedPaper, type Selection } from './selected-paper.tsx'

export function BinHead() {
  const t = useTranslations('archive')
  const days = useBinDays()
  return (
    <PageHead title={t('bin.title')} says={days === undefined ? t('bin.says') : t('bin.saysDays', { days })}>
      <Anchor size="sm" renderRoot={(root) => <Link to="/library" {...root} />}>
        {t('bin.back')}
      </Anchor>
    </PageHead>
  )
}

export function BinSelection({ items, ...selection }: Selection) {
  const t = useTranslations('archive')
  const [asking, setAsking] = useState(false)
  const restore = useRestore()
  const remove = useRemoveForGood()
  const ids = items.map(({ id }) => id)
  return (
    <SelectedPaper items={items} {...selection} error={restore.error}>
      <Button
        size="xs"
        loading={restore.isPending}
        onClick={() => restore.mutate({ ids }, { onSuccess: selection.onClear })}
      >
        {t('bin.restore')}
      </Button>
      <Button size="xs" variant="default" onClick={() => setAsking(true)}>
        {t('bin.forGood')}
      </Button>
      <Confirm
        opened={asking}
        title={t('bin.ask', { count: items.length })}
        action={t('bin.forGood')}
        run={async () => {
          await remove.mutateAsync({ ids })
          selection.onClear()
        }}
        onClose={() => setAsking(false)}
      >
        {t('bin.lost')}
      </Confirm>
    </SelectedPaper>
  )
}

/** Shown right after deleting, to undo it. */
export function BinnedBar({ ids, onClose }: { ids: readonly string[]; onClose(): void }) {
  const parts = useTranslations('parts')
  const t = useTranslations('archive')
  const restore = useRestore()
  return (
    <Alert color="gray" role="status" withCloseButton closeButtonLabel={parts('close')} onClose={onClose}>
      <Group gap="xs">
        {t('bin.isIn', { count: ids.length })}
        <Button
          size="compact-sm"
          variant="default"
          loading={restore.isPending}
          onClick={() => restore.mutate({ ids }, { onSuccess: onClose })}
        >
          {t('bin.undo')}
        </Button>
      </Group>
      <Problem error={restore.error} />
    </Alert>
  )
}
