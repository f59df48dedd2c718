import { Button, Menu } from '@mantine/core'
import type { EXPORT_FORMATS } from '../../../../src/contract/native.ts'

export type Format = (typeof EXPORT_FORMATS)[number]

export const FORMAT_NAMES: Record<Format, string> = {
  srt: 'Subtitles (SRT)',
  vtt: 'Subtitles for the web (VTT)',
  txt: 'Text (TXT)',
  docx: 'Word document (DOCX)',
  md: 'Markdown (MD)',
  json: 'Data with word times (JSON)',
  tsv: 'Table of segments (TSV)',
  lrc: 'Lyrics (LRC)',
}

interface DownloadsProps {
  /** Where the file of a format is. */
  url(format: Format): string
  size?: 'xs' | 'sm'
  /** What is downloaded, where there are several such buttons. */
  title?: string
  /** What to know before. */
  note?: string | undefined
}

/** The transcript as a file. */
export function Downloads({ url, size = 'sm', title, note }: DownloadsProps) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button size={size} variant="default" aria-label={title && `Download: ${title}`}>
          Download
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {note && <Menu.Label>{note}</Menu.Label>}
        {lastFirst().map((format) => (
          <Menu.Item key={format} component="a" href={url(format)} download onClick={() => remember(format)}>
            {FORMAT_NAMES[format]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

const LAST = 'earshot:format'

/** What was taken the last time comes first. */
function lastFirst(): Format[] {
  const all = Object.keys(FORMAT_NAMES) as Format[]
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
