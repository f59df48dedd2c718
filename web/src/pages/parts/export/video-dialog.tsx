import { Alert, Button, Group, Modal, NativeSelect, Progress, Stack, Switch, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import {
  type MakeVideoBody,
  SUBTITLE_POSITIONS,
  SUBTITLE_SIZES,
  VIDEO_DAYS,
  type Video,
  videoOptions,
} from '../../../../../src/contract/videos.ts'
import { ErrorWords } from '../error-words.tsx'
import { Problem } from '../problem.tsx'
import { bytesWords } from '../words.ts'
import { FontNote } from './font-note.tsx'
import { LineLengthInput } from './line-length-input.tsx'
import { isOpen, useMakeVideo, useRemoveVideo, useVideo, videoUrl } from './video-data.ts'

interface VideoDialogProps {
  /** Of the transcription. */
  id: string
  /** What to know before. */
  note: string | undefined
  onClose(): void
}

/** The recording with the subtitles drawn in: made by the server, while the page may be left. */
export function VideoDialog({ id, note, onClose }: VideoDialogProps) {
  const t = useTranslations('export')
  const [options, setOptions] = useState<MakeVideoBody>({})
  const video = useVideo(id)
  const make = useMakeVideo(id)
  const remove = useRemoveVideo(id)
  const latest = video.data?.video ?? null
  const withoutFont = video.data?.withoutFont ?? []
  const open = latest !== null && isOpen(latest)
  return (
    <Modal opened onClose={onClose} title={t('film.title')} size="lg" centered>
      <Stack>
        <Text size="sm">{t('film.about', { days: VIDEO_DAYS })}</Text>
        {note && (
          <Text size="sm" c="dimmed">
            {note}
          </Text>
        )}
        <Options options={options} onChange={setOptions} />
        <div role="status">
          {withoutFont.length > 0 && <FontNote of={withoutFont} where="server" />}
          {latest && !(withoutFont.length > 0 && isForFonts(latest)) && <State video={latest} />}
        </div>
        <Problem error={video.error ?? make.error ?? remove.error} />
        <Group justify="flex-end">
          {open ? (
            <Button variant="default" loading={remove.isPending} onClick={() => remove.mutate()}>
              {t('film.stop')}
            </Button>
          ) : (
            <Button
              variant={latest?.url ? 'default' : 'filled'}
              loading={make.isPending}
              onClick={() => make.mutate(options)}
            >
              {latest ? t('film.again') : t('film.make')}
            </Button>
          )}
          {latest?.url && (
            <Button component="a" href={videoUrl(id)} download>
              {t('dialog.title')}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  )
}

/** It failed for what is said already. */
const isForFonts = ({ error }: Video): boolean => error?.code === 'video.no_font'

function State({ video }: { video: Video }) {
  const t = useTranslations('export')
  if (video.error)
    return (
      <Alert color="red" role="alert">
        <ErrorWords error={video.error} />
      </Alert>
    )
  if (isOpen(video))
    return (
      <Stack gap={4}>
        <Text size="sm">{video.state === 'queued' ? t('film.waiting') : t('film.making')}</Text>
        <Progress value={video.pct} aria-label={t('film.progress')} />
      </Stack>
    )
  return <Text size="sm">{t('film.ready', { size: bytesWords(video.bytes ?? 0) })}</Text>
}

interface OptionsProps {
  options: MakeVideoBody
  onChange(options: MakeVideoBody): void
}

function Options({ options, onChange }: OptionsProps) {
  const t = useTranslations('export')
  const { size, position, lines, lineLength, speakers } = videoOptions.parse(options)
  return (
    <Group align="end" gap="lg">
      <NativeSelect
        label={t('film.size')}
        data={SUBTITLE_SIZES.map((value) => ({ value, label: t(`film.sizes.${value}`) }))}
        value={size}
        onChange={({ currentTarget: { value } }) =>
          onChange({ ...options, size: SUBTITLE_SIZES.find((each) => each === value) })
        }
      />
      <NativeSelect
        label={t('film.position')}
        data={SUBTITLE_POSITIONS.map((value) => ({ value, label: t(`film.positions.${value}`) }))}
        value={position}
        onChange={({ currentTarget: { value } }) =>
          onChange({ ...options, position: SUBTITLE_POSITIONS.find((each) => each === value) })
        }
      />
      <LineLengthInput value={lineLength} onChange={(value) => onChange({ ...options, lineLength: value })} />
      <NativeSelect
        label={t('dialog.lines')}
        data={['1', '2']}
        value={String(lines)}
        onChange={({ currentTarget }) => onChange({ ...options, lines: Number(currentTarget.value) })}
      />
      <Switch
        label={t('dialog.speakers')}
        mb={8}
        checked={speakers}
        onChange={({ currentTarget }) => onChange({ ...options, speakers: currentTarget.checked })}
      />
    </Group>
  )
}
