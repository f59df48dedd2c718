import { Button, Checkbox, Stack } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useBin, useBinDays } from '../library/archive.ts'
import { Confirm } from '../parts/confirm.tsx'

/** Moves the transcript to the bin, with its recording if wanted. @param mediaId undefined: no recording is stored */
export function Delete({ id, mediaId }: { id: string; mediaId: string | undefined }) {
  const t = useTranslations('transcript')
  const [asking, setAsking] = useState(false)
  const [recording, setRecording] = useState(true)
  const days = useBinDays()
  const bin = useBin()
  const navigate = useNavigate()
  return (
    <>
      <Button size="sm" variant="default" onClick={() => setAsking(true)}>
        {t('delete.do')}
      </Button>
      <Confirm
        opened={asking}
        title={t('delete.title')}
        action={t('delete.do')}
        onClose={() => setAsking(false)}
        run={async () => {
          await bin.mutateAsync({ ids: [id], media: mediaId !== undefined && recording })
          await navigate({ to: '/library' })
        }}
      >
        <Stack gap="sm">
          {days === undefined ? t('delete.says') : t('delete.saysDays', { days })}
          {mediaId && (
            <Checkbox
              label={t('delete.recording')}
              description={t('delete.recordingSays')}
              checked={recording}
              onChange={({ currentTarget }) => setRecording(currentTarget.checked)}
            />
          )}
        </Stack>
      </Confirm>
    </>
  )
}
