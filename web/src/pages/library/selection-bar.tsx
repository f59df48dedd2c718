import { Button, Checkbox, Menu, Stack } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Confirm } from '../parts/confirm.tsx'
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
  const t = useTranslations('archive')
  const parts = useTranslations('parts')
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
      says={
        taking.isPending && done.length > 1
          ? t('selection.fetching', { done: taken, count: done.length })
          : undefined
      }
      error={taking.error}
    >
      <Menu>
        <Menu.Target>
          <Button size="xs" variant="default" disabled={done.length === 0} loading={taking.isPending}>
            {parts('download.label')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {done.length > 1 && <Menu.Label>{t('selection.zip', { count: done.length })}</Menu.Label>}
          {FORMATS.map((format) => (
            <Menu.Item key={format} onClick={() => taking.mutate(format)}>
              {names(format)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Button size="xs" variant="default" onClick={() => setAsking('tag')}>
        {t('selection.tag')}
      </Button>
      <Button size="xs" variant="default" onClick={() => setAsking('again')}>
        {t('again.one')}
      </Button>
      <Button size="xs" variant="default" onClick={() => setAsking('delete')}>
        {t('selection.delete')}
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
  const t = useTranslations('archive')
  const [recordings, setRecordings] = useState(false)
  const days = useBinDays()
  const bin = useBin()
  const count = items.length
  const media = new Set(items.flatMap(({ source }) => (source.kind === 'media' ? source.mediaId : []))).size
  const underWay = items.some(({ state }) => state === 'queued' || state === 'running')
  return (
    <Confirm
      opened={opened}
      title={t('delete.title', { count })}
      action={t('delete.action', { count })}
      run={async () => {
        const ids = items.map(({ id }) => id)
        await bin.mutateAsync({ ids, media: recordings })
        onBinned(ids)
      }}
      onClose={onClose}
    >
      <Stack gap="sm">
        <span>
          {days === undefined ? t('delete.restorable') : t('delete.restorableDays', { days })}
          {underWay && t('delete.underWay')}
        </span>
        {media > 0 && (
          <Checkbox
            label={t('delete.recordings', { count: media })}
            description={t('delete.recordingsSay')}
            checked={recordings}
            onChange={({ currentTarget }) => setRecordings(currentTarget.checked)}
          />
        )}
      </Stack>
    </Confirm>
  )
}
