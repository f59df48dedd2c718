/** The bin: transcripts that were deleted and can still be restored. */
import { Alert, Anchor, Button, Group } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Confirm } from '../parts/confirm.tsx'
import { counted } from '../parts/counted.ts'
import { PageHead } from '../parts/page-head.tsx'
import { Problem } from '../parts/problem.tsx'
import { useBinDays, useRemoveForGood, useRestore } from './archive.ts'
import { SelectedPaper, type Selection } from './selected-paper.tsx'

export function BinHead() {
  const days = useBinDays()
  return (
    <PageHead
      title="Bin"
      says={
        days === undefined
          ? 'What you deleted can be restored from here.'
          : `What you deleted can be restored for ${counted(days, 'day')}. Then it is deleted for good.`
      }
    >
      <Anchor size="sm" renderRoot={(root) => <Link to="/library" {...root} />}>
        Back to the library
      </Anchor>
    </PageHead>
  )
}

export function BinSelection({ items, ...selection }: Selection) {
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
        Restore
      </Button>
      <Button size="xs" variant="default" onClick={() => setAsking(true)}>
        Delete for good
      </Button>
      <Confirm
        opened={asking}
        title={`Delete ${counted(items.length, 'transcript')} for good?`}
        action="Delete for good"
        run={async () => {
          await remove.mutateAsync({ ids })
          selection.onClear()
        }}
        onClose={() => setAsking(false)}
      >
        The text, its edits and its shared links cannot be brought back.
      </Confirm>
    </SelectedPaper>
  )
}

/** Shown right after deleting, to undo it. */
export function BinnedBar({ ids, onClose }: { ids: readonly string[]; onClose(): void }) {
  const restore = useRestore()
  return (
    <Alert color="gray" role="status" withCloseButton closeButtonLabel="Close" onClose={onClose}>
      <Group gap="xs">
        {ids.length === 1
          ? 'The transcript is in the bin.'
          : `${counted(ids.length, 'transcript')} are in the bin.`}
        <Button
          size="compact-sm"
          variant="default"
          loading={restore.isPending}
          onClick={() => restore.mutate({ ids }, { onSuccess: onClose })}
        >
          Undo
        </Button>
      </Group>
      <Problem error={restore.error} />
    </Alert>
  )
}
