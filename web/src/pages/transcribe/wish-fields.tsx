import { Select, SimpleGrid, Switch, TagsInput, TextInput } from '@mantine/core'
import type { CapabilitiesReply } from '../../../../src/contract/native.ts'
import { languageName } from '../parts/words.ts'
import { modelOf, type Wishes } from './wishes.ts'

interface WishFieldsProps {
  capabilities: CapabilitiesReply
  wishes: Wishes
  /** Captions are a matter of links. */
  hasLinks: boolean
  onChange(wishes: Wishes): void
}

type Mode = NonNullable<Wishes['mode']>

const MODES: Record<Mode, string> = {
  auto: 'The author’s captions, else listen',
  captions: 'Only the author’s captions',
  automatic: 'Only captions, automatic ones too',
  speech: 'Always listen',
}

export function WishFields({ capabilities, wishes, hasLinks, onChange }: WishFieldsProps) {
  const { models, defaultMode } = capabilities
  const model = modelOf(capabilities, wishes)
  const apart = wishes.channels === 'separate'
  const languages = (model?.languages ?? [])
    .map((code) => ({ value: code, label: languageName(code) }))
    .sort((a, b) => a.label.localeCompare(b.label))
  return (
    <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} style={{ alignItems: 'end' }}>
      {languages.length > 0 && (
        <Select
          label="Spoken language"
          placeholder="Find out by listening"
          searchable
          clearable
          data={languages}
          value={wishes.language ?? null}
          onChange={(language) => onChange({ ...wishes, language: language ?? undefined })}
        />
      )}
      {models.length > 1 && (
        <Select
          label="Model"
          allowDeselect={false}
          data={models.map(({ name, standIn }) => ({
            value: name,
            label: standIn ? `${name} (rough)` : name,
          }))}
          value={model?.name ?? null}
          onChange={(name) => onChange({ ...wishes, model: name ?? undefined })}
        />
      )}
      {hasLinks && (
        <Select
          label="Captions of YouTube, TikTok and others"
          allowDeselect={false}
          data={Object.entries(MODES).map(([value, label]) => ({ value, label }))}
          value={wishes.mode ?? defaultMode}
          onChange={(mode) => onChange({ ...wishes, mode: (mode as Mode | null) ?? undefined })}
        />
      )}
      {model?.prompts && (
        <TagsInput
          label="Names and terms"
          placeholder="Nadia Boulanger, kombucha"
          description="Spelled as they should be written. Enter or a comma after each."
          splitChars={[',', ';', '\n']}
          maxTags={100}
          value={wishes.keywords ?? []}
          onChange={(keywords) => onChange({ ...wishes, keywords })}
        />
      )}
      {model?.prompts && (
        <TextInput
          label="What it is about"
          placeholder="A conversation about French composers"
          maxLength={1000}
          value={wishes.prompt ?? ''}
          onChange={({ currentTarget }) => onChange({ ...wishes, prompt: currentTarget.value })}
        />
      )}
      <Select
        label="Channels"
        allowDeselect={false}
        data={[
          { value: 'mix', label: 'Together' },
          { value: 'separate', label: 'Apart: one speaker on each' },
        ]}
        value={wishes.channels ?? 'mix'}
        onChange={(channels) =>
          onChange({ ...wishes, channels: channels === 'separate' ? channels : undefined })
        }
      />
      {capabilities.diarizes && (
        <Switch
          label="Tell who speaks"
          description={apart ? 'The channels say so.' : undefined}
          disabled={apart}
          checked={!apart && (wishes.diarize ?? false)}
          onChange={({ currentTarget }) => onChange({ ...wishes, diarize: currentTarget.checked })}
        />
      )}
      {model?.translates && (
        <Switch
          label="Translate into English"
          checked={wishes.task === 'translate'}
          onChange={({ currentTarget }) =>
            onChange({ ...wishes, task: currentTarget.checked ? 'translate' : undefined })
          }
        />
      )}
    </SimpleGrid>
  )
}
