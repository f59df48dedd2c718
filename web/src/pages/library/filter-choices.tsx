import { Select } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { languageName, sourceName } from '../parts/words.ts'
import { useFacets } from './data.ts'
import type { FilterProps, Filters } from './filters.ts'

const ORDERS = ['newest', 'oldest', 'longest', 'shortest', 'title'] as const

/** What there is to choose from: only what this library has. */
export function FilterChoices({ filters, onChange }: FilterProps) {
  const t = useTranslations('library')
  const facets = useFacets().data
  const option = (value: string, label: string, count: number) => ({
    value,
    label: t('filters.option', { name: label, count }),
  })
  return (
    <>
      <Select
        label={t('filters.from')}
        placeholder={t('filters.anywhere')}
        clearable
        flex="1 1 8rem"
        data={facets?.sources.map((f) => option(f.source, sourceName(f.source), f.count)) ?? []}
        value={filters.source ?? null}
        onChange={(source) => onChange({ ...filters, source: (source ?? undefined) as Filters['source'] })}
      />
      <Select
        label={t('filters.language')}
        placeholder={t('filters.any')}
        clearable
        flex="1 1 8rem"
        data={facets?.languages.map((f) => option(f.language, languageName(f.language), f.count)) ?? []}
        value={filters.language ?? null}
        onChange={(language) => onChange({ ...filters, language: language ?? undefined })}
      />
      <Select
        label={t('filters.state')}
        placeholder={t('filters.any')}
        clearable
        flex="1 1 8rem"
        data={facets?.states.map((f) => option(f.state, t(`states.${f.state}`), f.count)) ?? []}
        value={filters.state ?? null}
        onChange={(state) => onChange({ ...filters, state: (state ?? undefined) as Filters['state'] })}
      />
      {((facets?.tags.length ?? 0) > 0 || filters.tag !== undefined) && (
        <Select
          label={t('filters.tag')}
          placeholder={t('filters.any')}
          clearable
          searchable
          flex="1 1 8rem"
          data={facets?.tags.map((f) => option(f.tag, f.tag, f.count)) ?? []}
          value={filters.tag ?? null}
          onChange={(tag) => onChange({ ...filters, tag: tag ?? undefined })}
        />
      )}
      <Select
        label={t('filters.order')}
        allowDeselect={false}
        flex="1 1 8rem"
        data={ORDERS.map((value) => ({ value, label: t(`orders.${value}`) }))}
        value={filters.order ?? 'newest'}
        onChange={(order) =>
          onChange({ ...filters, order: order === 'newest' ? undefined : (order as Filters['order']) })
        }
      />
    </>
  )
}
