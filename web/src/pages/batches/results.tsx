import { Button, Group, MultiSelect } from '@mantine/core'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { FORMATS, type Format } from '../parts/format-names.ts'
import { Section } from '../parts/section.tsx'
import { resultsUrl } from './data.ts'

/** All texts of a batch at once. */
export function Results({ id }: { id: string }) {
  const t = useTranslations('batches.results')
  const names = useTranslations('parts.formats')
  const [formats, setFormats] = useState<Format[]>(['txt'])
  return (
    <Section title={t('title')} says={t('says')}>
      <Group align="end">
        <MultiSelect
          label={t('formats')}
          data={FORMATS.map((value) => ({ value, label: names(value) }))}
          value={formats}
          onChange={(chosen) => setFormats(chosen as Format[])}
          flex="1 1 16rem"
          maw={560}
        />
        <Button
          component="a"
          href={resultsUrl.zip(id, formats)}
          download
          data-disabled={formats.length === 0 || undefined}
          aria-disabled={formats.length === 0}
          onClick={(event) => formats.length === 0 && event.preventDefault()}
        >
          {t('zip')}
        </Button>
        <Button component="a" href={resultsUrl.jsonl(id)} download variant="default">
          {t('jsonl')}
        </Button>
      </Group>
    </Section>
  )
}
