import { Button, Text } from '@mantine/core'
import { useTranslations } from 'use-intl'
import type { OperatorDownloader } from '../../../../src/contract/operator.ts'
import { translator } from '../../i18n/catalogue.ts'
import { Problem } from '../parts/problem.tsx'
import { Section } from '../parts/section.tsx'
import { useRenewDownloader } from './data.ts'

/** Which yt-dlp is in use stands under “Health”. */
export function Downloader() {
  const t = useTranslations('operator')
  const renewal = useRenewDownloader()
  return (
    <Section
      title={t('downloader.title')}
      says={t('downloader.says')}
      aside={
        <Button size="xs" variant="default" loading={renewal.isPending} onClick={() => renewal.mutate()}>
          {t('downloader.update')}
        </Button>
      }
    >
      <Problem error={renewal.error} />
      {/* A live region is there before it says something, else it is not read out. */}
      <Text size="sm" role="status">
        {renewal.data ? words(renewal.data) : t('downloader.daily')}
      </Text>
    </Section>
  )
}

const words = ({ version, changed }: OperatorDownloader): string => {
  const t = translator('operator')
  return changed ? t('downloader.installed', { version }) : t('downloader.newest', { version })
}
