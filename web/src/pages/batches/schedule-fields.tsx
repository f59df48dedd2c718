import { NativeSelect, NumberInput } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { MOST_AT_ONCE } from '../../../../src/contract/batch-limits.ts'
import { everyWords, SCHEDULES } from './words.ts'

export interface Schedule {
  everyMinutes: number
  limit: number | ''
}

interface ScheduleFieldsProps {
  value: Schedule
  onChange(value: Schedule): void
}

/** How often a list is looked at, and how much of it is transcribed each time. */
export function ScheduleFields({ value, onChange }: ScheduleFieldsProps) {
  const t = useTranslations('batches')
  const { everyMinutes, limit } = value
  const offered = [...new Set([...SCHEDULES, everyMinutes])].sort((a, b) => a - b)
  return (
    <>
      <NativeSelect
        label={t('subscriptions.form.every')}
        value={String(everyMinutes)}
        data={offered.map((minutes) => ({ value: String(minutes), label: everyWords(t, minutes) }))}
        onChange={({ currentTarget }) => onChange({ ...value, everyMinutes: Number(currentTarget.value) })}
      />
      <NumberInput
        label={t('subscriptions.form.limit')}
        description={t('subscriptions.form.limitSay', { most: MOST_AT_ONCE })}
        min={1}
        max={MOST_AT_ONCE}
        clampBehavior="strict"
        allowDecimal={false}
        value={limit}
        onChange={(typed) => onChange({ ...value, limit: typed === '' ? '' : Number(typed) })}
      />
    </>
  )
}
