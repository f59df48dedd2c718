import { Text } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { commaWords } from '../parts/words.ts'
import type { Dropped } from './folders.ts'

/** The others are only counted. */
const NAMED = 5

/** What of a folder is not transcribed. */
export function LeftOut({ files }: { files: readonly Dropped[] }) {
  const t = useTranslations('order')
  const names = commaWords(files.slice(0, NAMED).map(({ path }) => path))
  const more = Math.max(0, files.length - NAMED)
  return (
    <Text size="sm" c="dimmed" mt="xs" style={{ overflowWrap: 'anywhere' }}>
      {more > 0
        ? t('files.leftOutMore', { names, more })
        : t('files.leftOut', { names, count: files.length })}
    </Text>
  )
}
