import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { copyText } from '../parts/copy-text.ts'
import type { Segments } from './editor/segments.ts'

/** @param read what the segments are now */
export function CopyAll({ read }: { read: () => Segments }) {
  const parts = useTranslations('parts')
  const t = useTranslations('transcript')
  const copying = useMutation({ mutationFn: () => copyText(asText(read())) })
  const said = copying.isSuccess ? parts('copied') : copying.isError ? t('copy.failed') : t('copy.do')
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
