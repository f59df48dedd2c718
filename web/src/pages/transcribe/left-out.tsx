import { Text } from '@mantine/core'
import type { Dropped } from './folders.ts'

/** The others are only counted. */
const NAMED = 5

/** What of a folder is not transcribed. */
export function LeftOut({ files }: { files: readonly Dropped[] }) {
  const names = files.slice(0, NAMED).map(({ path }) => path)
  const more = files.length - names.length
  return (
    <Text size="sm" c="dimmed" mt="xs" style={{ overflowWrap: 'anywhere' }}>
      {files.length === 1
        ? 'Left out, because it is no audio or video: '
        : `Left out, because they are no audio or video: `}
      {names.join(', ')}
      {more > 0 && ` and ${more.toLocaleString()} more`}.
    </Text>
  )
}
