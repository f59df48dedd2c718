import { NumberInput } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { LINE_LENGTH } from '../../../../../src/contract/formats.ts'
import { lengthOf } from './choice.ts'

interface LineLengthInputProps {
  /** Undefined: the usual one. */
  value: number | undefined
  onChange(value: number | undefined): void
}

/** Letters that a line of subtitles has at most. */
export function LineLengthInput({ value, onChange }: LineLengthInputProps) {
  const t = useTranslations('export')
  return (
    <NumberInput
      label={t('dialog.lineLength')}
      w={170}
      min={LINE_LENGTH.least}
      max={LINE_LENGTH.most}
      clampBehavior="blur"
      allowDecimal={false}
      placeholder={String(LINE_LENGTH.usual)}
      value={value ?? ''}
      onChange={(typed) => onChange(lengthOf(typed))}
    />
  )
}
