import { Button, Group, Modal, NativeSelect, SegmentedControl, Stack, Switch, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { FRAME_RATES } from '../../../../../src/contract/formats.ts'
import { FORMATS, type Format } from '../format-names.ts'
import { Problem } from '../problem.tsx'
import { type Choice, has, lastChoice, queryOf, rememberChoice, usualTimes } from './choice.ts'
import { LineLengthInput } from './line-length-input.tsx'
import { Preview } from './preview.tsx'
import { print } from './print.ts'

interface ExportDialogProps {
  /** The address of the file in a format. */
  url(format: Format): string
  /** The recording's address if it is a video. */
  video: string | undefined
  /** A note to show above the options. */
  note: string | undefined
  /** Opens with it; undefined: with the last choice. */
  format: Choice['format'] | undefined
  onClose(): void
}

/** Download options with a preview. */
export function ExportDialog({ url, video, note, format, onClose }: ExportDialogProps) {
  const t = useTranslations('export')
  const names = useTranslations('parts.formats')
  const [choice, setChoice] = useState(() => ({ ...lastChoice(), ...(format && { format }) }))
  const done = (): void => {
    rememberChoice(choice)
    onClose()
  }
  return (
    <Modal opened onClose={onClose} title={t('dialog.title')} size="xl" centered>
      <Stack>
        {note && (
          <Text size="sm" c="dimmed">
            {note}
          </Text>
        )}
        <NativeSelect
          label={t('dialog.format')}
          data={[
            ...FORMATS.map((value) => ({ value, label: names(value) })),
            { value: 'pdf', label: t('dialog.pdf') },
          ]}
          value={choice.format}
          onChange={({ currentTarget }) =>
            setChoice({ ...choice, format: currentTarget.value as Choice['format'] })
          }
        />
        <Options choice={choice} onChange={setChoice} />
        <Preview choice={choice} url={url} video={video} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('dialog.cancel')}
          </Button>
          {choice.format === 'pdf' ? (
            <PrintButton choice={choice} url={url} onPrinted={done} />
          ) : (
            <Button component="a" href={url(choice.format) + queryOf(choice)} download onClick={done}>
              {t('dialog.title')}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  )
}

interface PrintButtonProps extends Pick<ExportDialogProps, 'url'> {
  choice: Choice
  onPrinted(): void
}

function PrintButton({ choice, url, onPrinted }: PrintButtonProps) {
  const t = useTranslations('export')
  const printing = useMutation({
    mutationFn: () => print(url('html') + queryOf(choice)),
    onSuccess: onPrinted,
  })
  return (
    <>
      <Problem error={printing.error} />
      <Button loading={printing.isPending} onClick={() => printing.mutate()}>
        {t('dialog.print')}
      </Button>
    </>
  )
}

interface OptionsProps {
  choice: Choice
  onChange(choice: Choice): void
}

function Options({ choice, onChange }: OptionsProps) {
  const t = useTranslations('export')
  return (
    <Group align="end" gap="lg">
      {has(choice, 'lineLength') && (
        <LineLengthInput
          value={choice.lineLength}
          onChange={(lineLength) => onChange({ ...choice, lineLength })}
        />
      )}
      {has(choice, 'lines') && (
        <Stack gap={2}>
          <Text size="sm" fw={600} id="export-lines">
            {t('dialog.lines')}
          </Text>
          <SegmentedControl
            aria-labelledby="export-lines"
            data={['1', '2']}
            value={String(choice.lines ?? 2)}
            onChange={(lines) => onChange({ ...choice, lines: lines === '1' ? 1 : undefined })}
          />
        </Stack>
      )}
      {has(choice, 'fps') && (
        <NativeSelect
          label={t('dialog.fps')}
          data={[...FRAME_RATES]}
          value={choice.fps ?? '25'}
          onChange={({ currentTarget }) =>
            onChange({ ...choice, fps: FRAME_RATES.find((rate) => rate === currentTarget.value) })
          }
        />
      )}
      {has(choice, 'speakers') && (
        <Switch
          label={t('dialog.speakers')}
          mb={8}
          checked={choice.speakers ?? true}
          onChange={({ currentTarget }) => onChange({ ...choice, speakers: currentTarget.checked })}
        />
      )}
      {has(choice, 'times') && (
        <Switch
          label={t('dialog.times')}
          mb={8}
          checked={choice.times ?? usualTimes(choice)}
          onChange={({ currentTarget }) => onChange({ ...choice, times: currentTarget.checked })}
        />
      )}
    </Group>
  )
}
