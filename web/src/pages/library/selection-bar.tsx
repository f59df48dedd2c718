import { Button, Checkbox, Menu, Stack } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Confirm } from '../parts/confirm.tsx'
import { counted } from '../parts/counted.ts'
import { FORMATS, type Format } from '../parts/format-names.ts'
import { useBin, useBinDays } from './archive.ts'
import type { Item } from './data.ts'
import { RunAgain } from './run-again.tsx'
import { SelectedPaper, type Selection } from './selected-paper.tsx'
import { TagMany } from './tag-many.tsx'

interface SelectionBarProps extends Selection {
  onBinned(ids: readonly string[]): void
}

type Asking = 'delete' | 'tag' | 'again' | undefined

/** What can be done with all that is selected. */
export function SelectionBar({ items, onBinned, ...selection }: SelectionBarProps) {
  const [asking, setAsking] = useState<Asking>()
  const [taken, setTaken] = useState(0)
  const taking = useMutation({
    mutationFn: async (format: Format) => {
      setTaken(0)
      const { takeMany } = await import('./take-many.ts')
      await takeMany(done, format, setTaken)
    },
  })
  const names = useTranslations('parts.formats')
  const done = items.filter(({ state }) => state === 'succeeded')
  const close = () => setAsking(undefined)
  return (
    <SelectedPaper
      items={items}
      {...selection}
      says={taking.isPending && done.length > 1 ? `Fetching ${taken} of ${done.length}` : undefined}
      error={taking.error}
    >
      <Menu>
        <Menu.Target>
          <Button size="xs" variant="default" disabled={done.length === 0} loading={taking.isPending}>
            Download
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {done.length > 1 && <Menu.Label>{done.length} files in one ZIP</Menu.Label>}
          {FORMATS.map((format) => (
            <Menu.Item key={format} onClick={() => taking.mutate(format)}>
              {names(format)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Button size="xs" variant="default" onClick={() => setAsking('tag')}>
        Tag
      </Button>
      <Button size="xs" variant="default" onClick={() => setAsking('again')}>
        Transcribe again
      </Button>
      <Button size="xs" variant="default" onClick={() => setAsking('delete')}>
        Delete
      </Button>
      {asking === 'tag' && <TagMany items={items} onClose={close} />}
      {asking === 'again' && <RunAgain items={items} onClose={close} />}
      <DeleteMany
        opened={asking === 'delete'}
        items={items}
        onClose={close}
        onBinned={(ids) => {
          onBinned(ids)
          selection.onClear()
        }}
      />
    </SelectedPaper>
  )
}

interface DeleteManyProps {
  opened: boolean
  items: readonly Item[]
  onBinned(ids: readonly string[]): void
  onClose(): void
}

function DeleteMany({ opened, items, onBinned, onClose }: DeleteManyProps) {
  const [recordings, setRecordings] = useState(false)
  const days = useBinDays()
  const bin = useBin()
  const count = counted(items.length, 'transcript')
  const media = new Set(items.flatMap(({ source }) => (source.kind === 'media' ? source.mediaId : []))).size
  const underWay = items.some(({ state }) => state === 'queued' || state === 'running')
  return (
    <Confirm
      opened={opened}
      title={`Delete ${count}?`}
      action={`Delete ${count}`}
      run={async () => {
        const ids = items.map(({ id }) => id)
        await bin.mutateAsync({ ids, media: recordings })
        onBinned(ids)
      }}
      onClose={onClose}
    >
      <Stack gap="sm">
        <span>
          {days === undefined
            ? 'You can restore them from the bin.'
            : `You can restore them from the bin for ${counted(days, 'day')}.`}
          {underWay && ' Transcriptions that are queued or running are cancelled, and cost nothing.'}
        </span>
        {media > 0 && (
          <Checkbox
            label={media === 1 ? 'Delete the recording too' : `Delete the ${media} recordings too`}
            description="When the bin is emptied. A recording that other transcripts use is kept."
            checked={recordings}
            onChange={({ currentTarget }) => setRecordings(currentTarget.checked)}
          />
        )}
      </Stack>
    </Confirm>
  )
}
