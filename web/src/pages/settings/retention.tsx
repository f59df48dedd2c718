import { Button, Group, NumberInput, Stack, Switch, Text } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { RetentionReply } from '../../../../src/contract/archive.ts'
import { useSession } from '../../session.ts'
import { useRetention, useSetRetention } from '../library/archive.ts'
import { counted } from '../parts/counted.ts'
import { Loaded } from '../parts/loaded.tsx'
import { Problem } from '../parts/problem.tsx'
import { Section } from '../parts/section.tsx'

/** The account's retention rules. */
export function Retention() {
  const rules = useRetention()
  const { user } = useSession()
  return (
    <Section title="Retention" says="How long transcripts and recordings are kept, and who may delete them.">
      <Loaded query={rules} failed="We could not load the rules of this account">
        {(data) => (user.role === 'owner' ? <Rules rules={data} /> : <AsWords rules={data} />)}
      </Loaded>
    </Section>
  )
}

function Rules({ rules }: { rules: RetentionReply }) {
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
            label="Keep transcripts for"
            value={now.transcriptDays}
            most={server.transcriptDays}
            onChange={(transcriptDays) => change({ transcriptDays })}
          />
          <Days
            label="Keep recordings for"
            value={now.mediaDays}
            most={server.mediaDays}
            onChange={(mediaDays) => change({ mediaDays })}
          />
        </Group>
        <Switch
          label="Members may delete what others started"
          checked={now.membersDelete}
          onChange={({ currentTarget }) => change({ membersDelete: currentTarget.checked })}
        />
        <Text size="sm" c="dimmed">
          Anything older is deleted within minutes of saving, and cannot be restored.
        </Text>
        <Problem error={save.error} />
        <Group>
          <Button type="submit" loading={save.isPending} disabled={same(now, before)}>
            Save rules
          </Button>
          {save.isSuccess && same(now, before) && (
            <Text size="sm" role="status">
              Saved
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

const Days = ({ label, value, most, onChange }: DaysProps) => (
  <NumberInput
    label={label}
    description={most > 0 ? `This server keeps them for ${counted(most, 'day')} at most.` : undefined}
    placeholder={most > 0 ? counted(most, 'day') : 'Forever'}
    inputWrapperOrder={['label', 'input', 'description', 'error']}
    flex="1 1 14rem"
    suffix={value === 1 ? ' day' : ' days'}
    min={1}
    max={36_500}
    allowDecimal={false}
    allowNegative={false}
    value={value ?? ''}
    onChange={(days) => onChange(typeof days === 'number' && days > 0 ? days : null)}
  />
)

const same = (a: object, b: object): boolean => JSON.stringify(a) === JSON.stringify(b)

function AsWords({ rules: { server, transcriptDays, mediaDays, membersDelete } }: { rules: RetentionReply }) {
  const words = (own: number | null, most: number): string => {
    const days = [own ?? 0, most].filter((each) => each > 0)
    return days.length > 0 ? `for ${counted(Math.min(...days), 'day')}` : 'until somebody deletes them'
  }
  return (
    <Text size="sm">
      Transcripts are kept {words(transcriptDays, server.transcriptDays)}, recordings{' '}
      {words(mediaDays, server.mediaDays)}.{' '}
      {membersDelete ? 'You may delete all of them.' : 'You may delete what you started yourself.'}
    </Text>
  )
}
