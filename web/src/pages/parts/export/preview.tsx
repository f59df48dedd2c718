import { Code, Stack, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { read } from '../../../api.ts'
import type { Format } from '../format-names.ts'
import { type Choice, queryOf, usualTimes } from './choice.ts'

interface PreviewProps {
  choice: Choice
  /** The address of the file in a format. */
  url(format: Format): string
  video: string | undefined
}

const TYPING_MS = 300
/** Characters to show. */
const LETTERS = 1500

/** Shows the beginning of the file, and subtitles on the video. */
export function Preview({ choice, url, video }: PreviewProps) {
  const t = useTranslations('export')
  const address = (shown: Choice & { format: Format }): string => url(shown.format) + queryOf(shown)
  const [wanted] = useDebouncedValue(address(readable(choice)), TYPING_MS)
  const { data, error } = useQuery({
    queryKey: ['preview', wanted],
    queryFn: () => beginningOf(wanted),
    placeholderData: keepPreviousData,
    staleTime: 10_000,
    gcTime: 0,
  })
  const [captions] = useDebouncedValue(address({ ...choice, format: 'vtt' }), TYPING_MS)
  const tried = video !== undefined && (choice.format === 'srt' || choice.format === 'vtt')
  return (
    <Stack gap="xs">
      {tried && (
        // biome-ignore lint/a11y/useMediaCaption: it has subtitles, which are what is shown here
        <video
          key={captions}
          src={video}
          controls
          playsInline
          preload="metadata"
          aria-label={t('preview.video')}
          style={{ width: '100%', maxHeight: '36vh', background: 'black' }}
        >
          <track kind="subtitles" src={captions} label={t('preview.label')} default />
        </video>
      )}
      <Text size="sm" fw={600} id="export-preview">
        {t('preview.label')}
      </Text>
      <Code
        block
        // Leaves room for the video and the buttons.
        mah={tried ? '16vh' : '30vh'}
        style={{ overflow: 'auto', whiteSpace: 'pre-wrap' }}
        tabIndex={0}
        role="region"
        aria-labelledby="export-preview"
        dir="auto"
      >
        {error ? error.message : (data ?? '…')}
      </Code>
    </Stack>
  )
}

/** Documents are binary, or markup; the text format shows the same content, once it has the document's times. */
function readable({ format, ...options }: Choice): Choice & { format: Format } {
  if (format !== 'docx' && format !== 'html' && format !== 'pdf') return { ...options, format }
  return { ...options, format: 'txt', times: options.times ?? usualTimes({ format }) }
}

/** Fetches only as much of the file as is shown, since it may be megabytes long. */
const beginningOf = (address: string): Promise<string> =>
  read(address, async ({ body }) => {
    if (!body) return ''
    const reader = body.pipeThrough(new TextDecoderStream()).getReader()
    let text = ''
    while (text.length <= LETTERS) {
      const { value, done } = await reader.read()
      if (done) return text
      text += value
    }
    await reader.cancel()
    return `${text.slice(0, LETTERS)}\n…`
  })
