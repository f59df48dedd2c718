import { Button, FileButton, Group, Paper, Progress, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { bytesWords } from '../../parts/words.ts'
import { timeLeft, timeLeftWords } from '../time-left.ts'
import { percent, type Upload } from './upload.ts'
import { addFiles, isAwaited, pause, remove, resume } from './uploads.ts'

export function UploadRow({ upload }: { upload: Upload }) {
  const { name, state } = upload
  const pct = percent(upload)
  return (
    <Paper withBorder p="md" component="li" aria-label={`Upload of ${name}`}>
      <Stack gap="xs">
        <Group justify="space-between" gap="xs">
          <Text fw={600} flex="1 1 12rem" style={{ overflowWrap: 'anywhere' }}>
            {name}
          </Text>
          <Actions upload={upload} />
        </Group>
        <Progress.Root size="md">
          <Progress.Section
            value={pct}
            aria-label={`Upload of ${name}`}
            color={state === 'failed' ? 'red' : state === 'sending' ? undefined : 'gray'}
          />
        </Progress.Root>
        <Text
          size="sm"
          c={state === 'failed' ? 'red' : 'dimmed'}
          role={state === 'failed' ? 'alert' : undefined}
        >
          {words(upload)}
        </Text>
      </Stack>
    </Paper>
  )
}

function words(upload: Upload): string {
  const { state, sent, bytes, problem, samples } = upload
  const sofar = `${bytesWords(sent)} of ${bytesWords(bytes)} (${Math.floor(percent(upload))}%)`
  switch (state) {
    case 'waiting':
      return 'Waits for its turn to be sent.'
    case 'sending': {
      const left = timeLeft(samples, Date.now())
      return `Sending: ${sofar}${left === undefined ? '' : `, ${timeLeftWords(left)}`}`
    }
    case 'paused':
      return `Paused: ${sofar}`
    case 'cut':
      return `${problem ?? 'No connection.'} ${sofar}; it goes on by itself.`
    case 'ending':
      return 'Sent. The server looks at the file.'
    case 'failed':
      return problem ?? 'It failed.'
    case 'left':
      return `Begun earlier: ${sofar} is on the server. Choose the file again to go on from there.`
  }
}

function Actions({ upload: { id, name, state, mediaId, isRestored } }: { upload: Upload }) {
  return (
    <Group gap="xs">
      {(state === 'sending' || state === 'cut' || state === 'waiting') && (
        <Action verb="Pause" name={name} run={() => pause(id)} />
      )}
      {state === 'paused' && <Action verb="Resume" name={name} run={() => resume(id)} />}
      {state === 'failed' && (mediaId !== undefined || !isRestored) && (
        <Action verb="Try again" name={name} run={() => resume(id)} />
      )}
      {state === 'left' && <ChooseAgain name={name} />}
      {state !== 'ending' && <Action verb="Cancel" name={name} run={() => void remove(id)} />}
    </Group>
  )
}

const Action = ({ verb, name, run }: { verb: string; name: string; run(): void }) => (
  <Button size="xs" variant="default" onClick={run} aria-label={`${verb}: ${name}`}>
    {verb}
  </Button>
)

function ChooseAgain({ name }: { name: string }) {
  const [wrong, setWrong] = useState<string>()
  const choose = (file: File | null) => {
    if (!file) return
    setWrong(isAwaited(file) ? undefined : file.name)
    if (isAwaited(file)) addFiles([{ file }], {})
  }
  return (
    <>
      {wrong !== undefined && (
        <Text size="sm" c="red" role="alert">
          “{wrong}” is another file, or has changed since.
        </Text>
      )}
      <FileButton onChange={choose}>
        {(props) => (
          <Button {...props} size="xs" aria-label={`Choose the file: ${name}`}>
            Choose the file
          </Button>
        )}
      </FileButton>
    </>
  )
}
