import { Box, Button, Menu } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import { useTranslations } from 'use-intl'
import { withMessages } from '../../i18n/catalogue.ts'
import { FORMATS, type Format } from './format-names.ts'

const ExportDialog = lazy(
  withMessages(['export'], () =>
    import('./export/export-dialog.tsx').then(({ ExportDialog }) => ({ default: ExportDialog })),
  ),
)

const VideoDialog = lazy(
  withMessages(['export'], () =>
    import('./export/video-dialog.tsx').then(({ VideoDialog }) => ({ default: VideoDialog })),
  ),
)

interface DownloadsProps {
  /** Where the file of a format is. */
  url(format: Format): string
  /** The recording's address if it is a video, for the preview of subtitles. */
  video?: string | undefined
  /** The transcription, if a video with its subtitles can be made. */
  film?: string | undefined
  size?: 'xs' | 'sm'
  /** What is downloaded, where there are several such buttons. */
  title?: string
  /** What to know before. */
  note?: string | undefined
}

/** The transcript as a file. */
export function Downloads({ url, video, film, size = 'sm', title, note }: DownloadsProps) {
  const t = useTranslations('parts')
  const [choosing, setChoosing] = useState<{ format?: 'pdf' }>()
  const [filming, setFilming] = useState(false)
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button size={size} variant="default" aria-label={title && t('download.named', { title })}>
            {t('download.label')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {note && <Menu.Label>{note}</Menu.Label>}
          {lastFirst().map((format) => (
            <Menu.Item
              key={format}
              component="a"
              href={url(format)}
              download
              onClick={() => remember(format)}
            >
              {t(`formats.${format}`)}
            </Menu.Item>
          ))}
          {/* Stays in view when the menu scrolls. */}
          <Box pos="sticky" bottom={0} bg="inherit">
            <Menu.Divider />
            <Menu.Item onClick={() => setChoosing({ format: 'pdf' })}>{t('download.pdf')}</Menu.Item>
            {film && <Menu.Item onClick={() => setFilming(true)}>{t('download.film')}</Menu.Item>}
            <Menu.Item onClick={() => setChoosing({})}>{t('download.options')}</Menu.Item>
          </Box>
        </Menu.Dropdown>
      </Menu>
      <Suspense>
        {choosing && (
          <ExportDialog
            {...{ url, video, note }}
            format={choosing.format}
            onClose={() => setChoosing(undefined)}
          />
        )}
        {film && filming && <VideoDialog id={film} note={note} onClose={() => setFilming(false)} />}
      </Suspense>
    </>
  )
}

const LAST = 'earshot:format'

/** What was taken the last time comes first. */
function lastFirst(): Format[] {
  const all = FORMATS
  const last = remembered()
  return [...all.filter((format) => format === last), ...all.filter((format) => format !== last)]
}

function remembered(): string | null {
  try {
    return localStorage.getItem(LAST)
  } catch {
    // A browser may be told to keep nothing.
    return null
  }
}

function remember(format: Format): void {
  try {
    localStorage.setItem(LAST, format)
  } catch {}
}
