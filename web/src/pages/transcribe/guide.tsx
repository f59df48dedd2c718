import { Button, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import sampleUrl from '../../../../samples/hello.flac?url'
import { read } from '../../api.ts'
import { useSession } from '../../session.ts'
import { Problem } from '../parts/problem.tsx'
import { useRecent, useUnderWay } from './data.ts'
import { useUploads } from './uploads/uploads.ts'

interface GuideProps {
  onSample(file: File): void
}

/** For whoever is here for the first time: gone as soon as the account has a transcription. */
export function Guide({ onSample }: GuideProps) {
  const t = useTranslations('guide')
  const { user } = useSession()
  const { data: underWay } = useUnderWay()
  const { data: recent } = useRecent()
  const uploads = useUploads()
  const sample = useMutation({ mutationFn: sampleFile, onSuccess: onSample })
  if (!underWay || !recent || underWay.length + recent.length + uploads.length > 0) return null
  const isOwner = user.role === 'owner'
  return (
    <Stack gap="xs" component="section" aria-label={t('title')}>
      <Title order={2} size="h4">
        {t('title')}
      </Title>
      <SimpleGrid cols={{ base: 1, sm: isOwner ? 3 : 2 }} component="ol" p={0} m={0}>
        <Step title={t('sample.title')} says={t('sample.says')}>
          <Button size="xs" variant="default" loading={sample.isPending} onClick={() => sample.mutate()}>
            {t('sample.use')}
          </Button>
          <Problem error={sample.error} />
        </Step>
        <Step title={t('own.title')} says={t('own.says')} />
        {isOwner && (
          <Step title={t('key.title')} says={t('key.says')}>
            <Button component={Link} to="/keys" size="xs" variant="default">
              {t('key.go')}
            </Button>
          </Step>
        )}
      </SimpleGrid>
    </Stack>
  )
}

function Step({ title, says, children }: { title: string; says: string; children?: ReactNode }) {
  return (
    <Paper withBorder p="sm" component="li" style={{ listStyle: 'none' }}>
      <Stack gap="xs" align="start">
        <Text fw={600} size="sm">
          {title}
        </Text>
        <Text size="sm" c="dimmed">
          {says}
        </Text>
        {children}
      </Stack>
    </Paper>
  )
}

/** @throws ApiError, ConnectionError */
const sampleFile = (): Promise<File> =>
  read(
    sampleUrl,
    async (response) =>
      new File([await response.blob()], 'hello.flac', { type: 'audio/flac', lastModified: 0 }),
  )
