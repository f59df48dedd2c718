import { Group, Radio, TextInput } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { dayOf } from './calendar.ts'

export interface At {
  later: boolean
  /** As the field has it: “2026-11-27T09:00”, in this browser's time zone. */
  time: string
}

const HOUR_MS = 3_600_000

export const NOW: At = { later: false, time: '' }

export const timeOf = ({ later, time }: At): { scheduledTime?: string } =>
  later ? { scheduledTime: new Date(time).toISOString() } : {}

const fieldOf = (at: Date): string =>
  `${dayOf(at)}T${String(at.getHours()).padStart(2, '0')}:${String(at.getMinutes()).padStart(2, '0')}`

/** The next full hour, but one: near enough to be changed, and not gone before the rest is read. */
const soon = (): string => fieldOf(new Date(Math.ceil(Date.now() / HOUR_MS + 0.5) * HOUR_MS))

export function WhenToPost({ value, onChange }: { value: At; onChange(at: At): void }) {
  const t = useTranslations('posts')
  return (
    <Radio.Group
      label={t('when.label')}
      value={value.later ? 'later' : 'now'}
      onChange={(chosen) =>
        onChange({ later: chosen === 'later', time: value.time === '' ? soon() : value.time })
      }
    >
      <Group mt="xs" gap="lg">
        <Radio value="now" label={t('when.now')} />
        <Radio value="later" label={t('when.later')} />
      </Group>
      {value.later && (
        <TextInput
          mt="sm"
          maw={320}
          type="datetime-local"
          required
          label={t('when.time')}
          description={t('when.zone', { zone: Intl.DateTimeFormat().resolvedOptions().timeZone })}
          min={fieldOf(new Date())}
          value={value.time}
          onChange={({ currentTarget }) => onChange({ later: true, time: currentTarget.value })}
        />
      )}
    </Radio.Group>
  )
}
