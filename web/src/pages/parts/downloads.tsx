import { Button, Menu } from '@mantine/core'
import type { EXPORT_FORMATS } from '../../../../src/contract/native.ts'
import { api } from '../../api.ts'

type Format = (typeof EXPORT_FORMATS)[number]

export const FORMAT_NAMES: Record<Format, string> = {
  srt: 'Subtitles (SRT)',
  vtt: 'Subtitles for the web (VTT)',
  txt: 'Text (TXT)',
  docx: 'Word document (DOCX)',
  json: 'Data with word times (JSON)',
}

/** The transcript as a file. */
export function Downloads({ id, title }: { id: string; title: string }) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button size="xs" variant="default" aria-label={`Download: ${title}`}>
          Download
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {Object.entries(FORMAT_NAMES).map(([format, name]) => (
          <Menu.Item key={format} component="a" href={api.url(`/transcriptions/${id}.${format}`)} download>
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
