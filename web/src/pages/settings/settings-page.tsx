import { Stack } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { LanguageSelect } from '../../i18n/language-select.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { Section } from '../parts/section.tsx'
import { Password } from './password.tsx'
import { People } from './people.tsx'
import { Retention } from './retention.tsx'
import { Sessions } from './sessions.tsx'

export function SettingsPage() {
  const shell = useTranslations('shell')
  const t = useTranslations('settings')
  return (
    <Stack gap="lg">
      <PageHead title={shell('pages.settings')} says={t('says')} />
      <Section title={t('page.title')}>
        <LanguageSelect label={shell('language')} maw={320} />
      </Section>
      <People />
      <Retention />
      <Sessions />
      <Password />
    </Stack>
  )
}
