import { Button, Checkbox, Stack } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Confirm } from '../parts/confirm.tsx'
import { removeMedia, useRemove } from '../transcribe/data.ts'

/** The transcript, and if wanted what it was made of. @param mediaId undefined: there is no file of it here */
export function Delete({ id, mediaId }: { id: string; mediaId: string | undefined }) {
  const [asking, setAsking] = useState(false)
  const [recording, setRecording] = useState(true)
  const remove = useRemove()
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
          if (mediaId && recording) await removeMedia(mediaId)
          await remove.mutateAsync(id)
          await navigate({ to: '/library' })
        }}
      >
        <Stack gap="sm">
          The text and its shared links are gone for good.
          {mediaId && (
            <Checkbox
              label="Delete the recording too"
              description="Other transcripts made from it keep their text, and can no longer play it."
              checked={recording}
              onChange={({ currentTarget }) => setRecording(currentTarget.checked)}
            />
          )}
        </Stack>
      </Confirm>
    </>
  )
}
