import { Button, Checkbox, Stack } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useBin, useBinDays } from '../library/archive.ts'
import { Confirm } from '../parts/confirm.tsx'
import { counted } from '../parts/counted.ts'

/** Moves the transcript to the bin, with its recording if wanted. @param mediaId undefined: no recording is stored */
export function Delete({ id, mediaId }: { id: string; mediaId: string | undefined }) {
  const [asking, setAsking] = useState(false)
  const [recording, setRecording] = useState(true)
  const days = useBinDays()
  const bin = useBin()
  const navigate = useNavigate()
  return (
    <>
      <Button size="sm" variant="default" onClick={() => setAsking(true)}>
        Delete
      </Button>
      <Confirm
        opened={asking}
        title="Delete this transcript?"
        action="Delete"
        onClose={() => setAsking(false)}
        run={async () => {
          await bin.mutateAsync({ ids: [id], media: mediaId !== undefined && recording })
          await navigate({ to: '/library' })
        }}
      >
        <Stack gap="sm">
          Its shared links stop working. You can restore it from the bin
          {days !== undefined && ` for ${counted(days, 'day')}`}.
          {mediaId && (
            <Checkbox
              label="Delete the recording too"
              description="When the bin is emptied, unless other transcripts use it."
              checked={recording}
              onChange={({ currentTarget }) => setRecording(currentTarget.checked)}
            />
          )}
        </Stack>
      </Confirm>
    </>
  )
}
