import { Anchor, Stack, Text, Title, VisuallyHidden } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { TranscriptionSummary } from '../../../../../src/contract/native.ts'
import { useMovingOn, useRecent, useUnderWay } from '../data.ts'
import { UploadRow } from '../uploads/upload-row.tsx'
import { useUploads } from '../uploads/uploads.ts'
import { EndedJob } from './ended-job.tsx'
import { newsWords } from './job-words.ts'
import { RunningJob } from './running-job.tsx'

/** Each takes a connection for as long as it lasts, and browsers have six for all tabs. */
const FOLLOWED = 2
const NONE: readonly TranscriptionSummary[] = []

/** What is on its way, at work, and lately ended: as the server knows it, whenever one comes back. */
export function Jobs() {
  const t = useTranslations('jobs')
  const uploads = useUploads()
  const { data: underWay = NONE } = useUnderWay()
  useMovingOn(underWay)
  const { data: recent = [] } = useRecent()
  const heading = useRef<HTMLHeadingElement>(null)
  const followed = underWay
    .filter(({ state, queuePlace }) => state === 'running' && queuePlace === null)
    .slice(0, FOLLOWED)
  const busy = new Set(underWay.map(({ id }) => id))
  const ended = recent.filter(({ id }) => !busy.has(id))
  return (
    <>
      <News jobs={[...underWay, ...ended]} />
      {uploads.length + underWay.length > 0 && (
        <List title={t('underWay')} headingRef={heading}>
          {uploads.map((upload) => (
            <UploadRow key={upload.id} upload={upload} />
          ))}
          {underWay.map((job) => (
            <RunningJob
              key={job.id}
              job={job}
              isFollowed={followed.includes(job)}
              onCancelled={() => heading.current?.focus()}
            />
          ))}
        </List>
      )}
      {ended.length > 0 && (
        <List title={t('lately')}>
          {ended.map((job) => (
            <EndedJob key={job.id} job={job} />
          ))}
          <Text component="li" size="sm">
            <Anchor component={Link} to="/library" inherit>
              {t('inLibrary')}
            </Anchor>
          </Text>
        </List>
      )}
    </>
  )
}

interface ListProps {
  title: string
  headingRef?: React.Ref<HTMLHeadingElement>
  children: ReactNode
}

function List({ title, headingRef, children }: ListProps) {
  const id = useId()
  return (
    <section aria-labelledby={id}>
      <Title order={2} size="h4" mb="xs" id={id} ref={headingRef} tabIndex={-1}>
        {title}
      </Title>
      <Stack component="ul" gap="sm" p={0} m={0} style={{ listStyle: 'none' }}>
        {children}
      </Stack>
    </section>
  )
}

/** Tells those who do not see the page what began and what ended. */
function News({ jobs }: { jobs: readonly TranscriptionSummary[] }) {
  const before = useRef<readonly TranscriptionSummary[]>(undefined)
  const [news, setNews] = useState<string[]>([])
  useEffect(() => {
    const fresh = newsWords(before.current, jobs)
    if (jobs.length > 0 || before.current) before.current = jobs
    if (fresh.length > 0) setNews(fresh)
  }, [jobs])
  return (
    <VisuallyHidden role="status" aria-live="polite">
      {news.join('. ')}
    </VisuallyHidden>
  )
}
