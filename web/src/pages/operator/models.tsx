import { Stack, Text } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { Loaded } from '../parts/loaded.tsx'
import { Rows } from '../parts/rows.tsx'
import { Section } from '../parts/section.tsx'
import { type Model, useModels } from './data.ts'
import { OneModel } from './one-model.tsx'

export function Models() {
  const t = useTranslations('operator')
  const models = useModels()
  return (
    <Loaded query={models} failed={t('models.failed')}>
      {(data) => <Catalogue models={data.models} />}
    </Loaded>
  )
}

function Catalogue({ models }: { models: Model[] }) {
  const t = useTranslations('operator')
  const here = models.filter(({ installed }) => installed)
  const others = models.filter(({ installed }) => !installed)
  return (
    <Stack gap="lg">
      <Section title={t('models.here')} says={t('models.hereSays')}>
        {here.length === 0 ? (
          <Text c="dimmed">{t('models.none')}</Text>
        ) : (
          <Rows label={t('models.installed')}>
            {here.map((model) => (
              <OneModel key={model.name} model={model} />
            ))}
          </Rows>
        )}
      </Section>
      {others.length > 0 && (
        <Section title={t('models.others')} says={t('models.othersSay')}>
          <Rows label={t('models.fetchable')}>
            {others.map((model) => (
              <OneModel key={model.name} model={model} />
            ))}
          </Rows>
        </Section>
      )}
    </Stack>
  )
}
