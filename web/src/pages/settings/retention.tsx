import { Button, Group, NumberInput, Stack, Switch, Text } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { RetentionReply } from '../../../../src/contract/archive.ts'
import { useSession } from '../../session.ts'
import { useRetention, useSetRetention } from '../library/archive.ts'
import { Loaded } from '../parts/loaded.tsx'
import { Problem } from '../parts/problem.tsx'
import { Section } from '../parts/section.tsx'

/** The account's retention rules. */
export function Retention() {
  const t = useTranslations('settings')
  const rules = useRetention()
  const { user } = useSession()
  return (
    <Section title={t('retention.title')} says={t('retention.says')}>
      <Loaded query={rules} failed={t('retention.failed')}>
        {(data) => (user.role === 'owner' ? <Rules rules={data} /> : <AsWords rules={data} />)}
      </Loaded>
    </Section>
  )
}

function Rules({ rules }: { rules: RetentionReply }) {
  const t = useTranslations('settings')
  const { server, ...before } = rules
  const [now, setNow] = useState(before)
  const save = useSetRetention()
  const change = (some: Partial<typeof now>): void => setNow({ ...now, ...some })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    save.mutate(now)
  }
  return (
    <form onSubmit={submit}>
      <Stack>
        <Group align="start">
          <Days
            label={t('retention.transcripts')}
            value={now.transcriptDays}
            most={server.transcriptDays}
            onChange={(transcriptDays) => change({ transcriptDays })}
          />
          <Days
            label={t('retention.recordings')}
            value={now.mediaDays}
            most={server.mediaDays}
            onChange={(mediaDays) => change({ mediaDays })}
          />
        </Group>
        <Switch
          label={t('retention.members')}
          checked={now.membersDelete}
          onChange={({ currentTarget }) => change({ membersDelete: currentTarget.checked })}
        />
        <Text size="sm" c="dimmed">
          {t('retention.older')}
        </Text>
        <Problem error={save.error} />
        <Group>
          <Button type="submit" loading={save.isPending} disabled={same(now, before)}>
            {t('retention.save')}
          </Button>
          {save.isSuccess && same(now, before) && (
            <Text size="sm" role="status">
              {t('retention.saved')}
            </Text>
          )}
        </Group>
      </Stack>
    </form>
  )
}

interface DaysProps {
  label: string
  /** Null: only the server’s rule applies. */
  value: number | null
  /** The server’s own rule; 0: it never deletes them. */
  most: number
  onChange(days: number | null): void
}

const Days = ({ label, value, most, onChange }: DaysProps) => {
  const t = useTranslations('settings')
  return (
    <NumberInput
      label={label}
      description={most > 0 ? t('retention.atMost', { days: most }) : undefined}
      placeholder={most > 0 ? t('retention.days', { days: most }) : t('retention.forever')}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      flex="1 1 14rem"
      suffix={` ${t('retention.daySuffix', { days: value ?? 0 })}`}
      min={1}
      max={36_500}
      allowDecimal={false}
      allowNegative={false}
      value={value ?? ''}
      onChange={(days) => onChange(typeof days === 'number' && days > 0 ? days : null)}
    />
  )
}

const same = (a: object, b: object): boolean => JSON.stringify(a) === JSON.stringify(b)

function AsWords({ rules: { server, transcriptDays, mediaDays, membersDelete } }: { rules: RetentionReply }) {
  const t = useTranslations('settings')
  return (
    <Text size="sm">
      {t('retention.keptTranscripts', { days: shorter(transcriptDays, server.transcriptDays) })}{' '}
      {t('retention.keptRecordings', { days: shorter(mediaDays, server.mediaDays) })}{' '}
      {membersDelete ? t('retention.mayAll') : t('retention.mayOwn')}
    </Text>
  )
}

/** Of two rules; 0: neither ends anything. */
function shorter(own: number | null, most: number): number {
  const days = [own ?? 0, most].filter((each) => each > 0)
  return days.length > 0 ? Math.min(...days) : 0
}
