import { Code, Stack, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import type { WithoutFont } from '../../../../../src/contract/scripts.ts'
import { read } from '../../../api.ts'
import type { Format } from '../format-names.ts'
import { type Choice, queryOf, usualTimes } from './choice.ts'
import { withoutFontHere } from './device-fonts.ts'
import { FontNote } from './font-note.tsx'

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
  const isDocument = readable(choice).format !== choice.format
  const [wanted] = useDebouncedValue(address(readable(choice)), TYPING_MS)
  const { data, error } = useQuery({
    queryKey: ['preview', wanted, isDocument],
    queryFn: () => lookInto(wanted, isDocument),
    placeholderData: keepPreviousData,
    staleTime: 10_000,
    gcTime: 0,
  })
  const [captions] = useDebouncedValue(address({ ...choice, format: 'vtt' }), TYPING_MS)
  const tried = video !== undefined && (choice.format === 'srt' || choice.format === 'vtt')
  return (
    <Stack gap="xs">
      {data && data.withoutFont.length > 0 && (
        <FontNote of={data.withoutFont} where={choice.format === 'pdf' ? 'print' : 'file'} />
      )}
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
        {error ? error.message : (data?.beginning ?? '…')}
      </Code>
    </Stack>
  )
}

/** Documents are binary, or markup; the text format shows the same content, once it has the document's times. */
function readable({ format, ...options }: Choice): Choice & { format: Format } {
  if (format !== 'docx' && format !== 'html' && format !== 'pdf') return { ...options, format }
  return { ...options, format: 'txt', times: options.times ?? usualTimes({ format }) }
}

interface Looked {
  beginning: string
  /** Of a document: what this device has no font for. */
  withoutFont: WithoutFont[]
}

/** Fetches only as much of the file as is shown, since it may be megabytes long; of a document all that will be drawn. */
const lookInto = (address: string, isDocument: boolean): Promise<Looked> =>
  read(address, async ({ body }) => {
    const most = isDocument ? Number.POSITIVE_INFINITY : LETTERS
    let text = ''
    let ended = body === null
    const reader = body?.pipeThrough(new TextDecoderStream()).getReader()
    while (reader && !ended && text.length <= most) {
      const { value, done } = await reader.read()
      ended = done
      text += value ?? ''
    }
    if (!ended) await reader?.cancel()
    const isAll = ended && text.length <= LETTERS
    return {
      beginning: isAll ? text : `${text.slice(0, LETTERS)}\n…`,
      withoutFont: isDocument ? withoutFontHere(text) : [],
    }
  })
