import { Button, Menu } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import type { EXPORT_FORMATS } from '../../../../src/contract/native.ts'
import { copyText } from '../parts/copy-text.ts'
import { exportUrl } from './data.ts'
import type { Segments } from './editor/segments.ts'

const NAMES: Record<(typeof EXPORT_FORMATS)[number], string> = {
  txt: 'Text (TXT)',
  srt: 'Subtitles (SRT)',
  vtt: 'Web captions (VTT)',
  json: 'Everything (JSON)',
  docx: 'Document (DOCX)',
}

/** The saved transcript as a file. */
export function Downloads({ id, unsaved }: { id: string; unsaved: boolean }) {
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <Button variant="default" size="sm">
          Download
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {unsaved && <Menu.Label>Without the changes that are not saved yet</Menu.Label>}
        {Object.entries(NAMES).map(([format, name]) => (
          <Menu.Item key={format} component="a" href={exportUrl(id, format)} download>
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

export function CopyAll({ segments }: { segments: Segments }) {
  const copying = useMutation({ mutationFn: () => copyText(asText(segments)) })
  const said = copying.isSuccess ? 'Copied' : copying.isError ? 'Not copied' : 'Copy'
  return (
    <Button
      variant="default"
      size="sm"
      title={copying.error?.message}
      onClick={() => copying.mutate()}
      onBlur={() => copying.reset()}
    >
      <span aria-live="polite">{said}</span>
    </Button>
  )
}

/** As one reads it: a line a segment, the speakers where they change. */
function asText(segments: Segments): string {
  const lines = segments.map(({ text, speaker }, k) => {
    const named = speaker !== undefined && speaker !== segments[k - 1]?.speaker
    return named ? `${speaker}: ${text.trim()}` : text.trim()
  })
  return lines.filter(Boolean).join('\n')
}
