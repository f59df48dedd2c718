import { Button, FileButton, Group, Paper, Progress, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { translator } from '../../../i18n/catalogue.ts'
import { bytesWords, percentWords } from '../../parts/words.ts'
import { timeLeft } from '../time-left.ts'
import { timeLeftWords } from '../time-words.ts'
import { percent, type Upload } from './upload.ts'
import { addFiles, isAwaited, pause, remove, resume } from './uploads.ts'

export function UploadRow({ upload }: { upload: Upload }) {
  const t = useTranslations('jobs')
  const { name, state } = upload
  const pct = percent(upload)
  return (
    <Paper withBorder p="md" component="li" aria-label={t('upload.of', { name })}>
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
            aria-label={t('upload.of', { name })}
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
  const t = translator('jobs')
  const { state, sent, bytes, problem, samples } = upload
  const soFar = t('upload.soFar', {
    sent: bytesWords(sent),
    size: bytesWords(bytes),
    pct: percentWords(percent(upload)),
  })
  switch (state) {
    case 'waiting':
      return t('upload.waiting')
    case 'sending': {
      const left = timeLeft(samples, Date.now())
      if (left === undefined) return t('upload.sending', { soFar })
      return t('upload.sendingLeft', { soFar, left: timeLeftWords(left) })
    }
    case 'paused':
      return t('upload.paused', { soFar })
    case 'cut':
      return t('upload.cut', { problem: problem ?? t('upload.noConnection'), soFar })
    case 'ending':
      return t('upload.ending')
    case 'failed':
      return problem ?? t('upload.failed')
    case 'left':
      return t('upload.left', { soFar })
  }
}

function Actions({ upload: { id, name, state, mediaId, isRestored } }: { upload: Upload }) {
  const t = useTranslations('jobs')
  const parts = useTranslations('parts')
  return (
    <Group gap="xs">
      {(state === 'sending' || state === 'cut' || state === 'waiting') && (
        <Action verb={t('upload.pause')} name={name} run={() => pause(id)} />
      )}
      {state === 'paused' && <Action verb={t('upload.resume')} name={name} run={() => resume(id)} />}
      {state === 'failed' && (mediaId !== undefined || !isRestored) && (
        <Action verb={parts('tryAgain')} name={name} run={() => resume(id)} />
      )}
      {state === 'left' && <ChooseAgain name={name} />}
      {state !== 'ending' && <Action verb={parts('cancel')} name={name} run={() => void remove(id)} />}
    </Group>
  )
}

const Action = ({ verb, name, run }: { verb: string; name: string; run(): void }) => {
  const parts = useTranslations('parts')
  return (
    <Button size="xs" variant="default" onClick={run} aria-label={parts('named', { action: verb, name })}>
      {verb}
    </Button>
  )
}

function ChooseAgain({ name }: { name: string }) {
  const parts = useTranslations('parts')
  const t = useTranslations('jobs')
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
          {t('upload.otherFile', { name: wrong })}
        </Text>
      )}
      <FileButton onChange={choose}>
        {(props) => (
          <Button {...props} size="xs" aria-label={parts('named', { action: t('upload.choose'), name })}>
            {t('upload.choose')}
          </Button>
        )}
      </FileButton>
    </>
  )
}
