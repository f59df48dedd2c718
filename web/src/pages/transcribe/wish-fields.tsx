import { Select, SimpleGrid, Switch, TagsInput, TextInput } from '@mantine/core'
import { useTranslations } from 'use-intl'
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

const MODES: readonly Mode[] = ['auto', 'captions', 'automatic', 'speech']

export function WishFields(props: WishFieldsProps) {
  return (
    <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} style={{ alignItems: 'end' }}>
      <Choices {...props} />
      <Hints {...props} />
      <Voices {...props} />
    </SimpleGrid>
  )
}

/** In which language, by which model, from which captions. */
function Choices({ capabilities, wishes, hasLinks, onChange }: WishFieldsProps) {
  const t = useTranslations('order')
  const { models, defaultMode } = capabilities
  const model = modelOf(capabilities, wishes)
  const languages = (model?.languages ?? [])
    .map((code) => ({ value: code, label: languageName(code) }))
    .sort((a, b) => a.label.localeCompare(b.label))
  return (
    <>
      {languages.length > 0 && (
        <Select
          label={t('wishes.language')}
          placeholder={t('wishes.anyLanguage')}
          searchable
          clearable
          data={languages}
          value={wishes.language ?? null}
          onChange={(language) => onChange({ ...wishes, language: language ?? undefined })}
        />
      )}
      {models.length > 1 && (
        <Select
          label={t('wishes.model')}
          allowDeselect={false}
          data={models.map(({ name, standIn }) => ({
            value: name,
            label: standIn ? t('wishes.rough', { name }) : name,
          }))}
          value={model?.name ?? null}
          onChange={(name) => onChange({ ...wishes, model: name ?? undefined })}
        />
      )}
      {hasLinks && (
        <Select
          label={t('wishes.captions')}
          allowDeselect={false}
          data={MODES.map((value) => ({ value, label: t(`wishes.modes.${value}`) }))}
          value={wishes.mode ?? defaultMode}
          onChange={(mode) => onChange({ ...wishes, mode: (mode as Mode | null) ?? undefined })}
        />
      )}
    </>
  )
}

/** What to expect in it. */
function Hints({ capabilities, wishes, onChange }: WishFieldsProps) {
  const t = useTranslations('order')
  if (!modelOf(capabilities, wishes)?.prompts) return null
  return (
    <>
      <TagsInput
        label={t('wishes.terms')}
        placeholder={t('wishes.termsExample')}
        description={t('wishes.termsSay')}
        splitChars={[',', ';', '\n']}
        maxTags={100}
        value={wishes.keywords ?? []}
        onChange={(keywords) => onChange({ ...wishes, keywords })}
      />
      <TextInput
        label={t('wishes.prompt')}
        placeholder={t('wishes.promptExample')}
        maxLength={1000}
        value={wishes.prompt ?? ''}
        onChange={({ currentTarget }) => onChange({ ...wishes, prompt: currentTarget.value })}
      />
    </>
  )
}

/** Who speaks, and whether it is translated. */
function Voices({ capabilities, wishes, onChange }: WishFieldsProps) {
  const t = useTranslations('order')
  const apart = wishes.channels === 'separate'
  return (
    <>
      <Select
        label={t('wishes.channels')}
        allowDeselect={false}
        data={[
          { value: 'mix', label: t('wishes.channelsMix') },
          { value: 'separate', label: t('wishes.channelsApart') },
        ]}
        value={wishes.channels ?? 'mix'}
        onChange={(channels) =>
          onChange({ ...wishes, channels: channels === 'separate' ? channels : undefined })
        }
      />
      {capabilities.diarizes && (
        <Switch
          label={t('wishes.diarize')}
          description={apart ? t('wishes.diarizeApart') : undefined}
          disabled={apart}
          checked={!apart && (wishes.diarize ?? false)}
          onChange={({ currentTarget }) => onChange({ ...wishes, diarize: currentTarget.checked })}
        />
      )}
      {modelOf(capabilities, wishes)?.translates && (
        <Switch
          label={t('wishes.translate')}
          checked={wishes.task === 'translate'}
          onChange={({ currentTarget }) =>
            onChange({ ...wishes, task: currentTarget.checked ? 'translate' : undefined })
          }
        />
      )}
    </>
  )
}
