import { Button, CloseButton, Group, Stack, Text } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { bytesWords, clock } from '../parts/words.ts'
import type { Chosen } from './chosen.ts'
import classes from './chosen-files.module.css'

/** More are not looked at one by one. */
const FEW = 3

interface ChosenFilesProps {
  chosen: readonly Chosen[]
  onRemove(file: File): void
  onClear(): void
}

export function ChosenFiles({ chosen, onRemove, onClear }: ChosenFilesProps) {
  const t = useTranslations('order')
  const bytes = chosen.reduce((sum, { file }) => sum + file.size, 0)
  return (
    <div>
      <Stack component="ul" gap={4} className={classes.list} aria-label={t('chosen.label')}>
        {chosen.map(({ file, path, length }) => (
          <Group component="li" key={`${path}-${file.size}-${file.lastModified}`} gap="xs" wrap="nowrap">
            <Text size="sm" flex={1} style={{ overflowWrap: 'anywhere' }}>
              {path}
            </Text>
            <Text size="sm" c="dimmed" className={classes.size}>
              {bytesWords(file.size)}
              {typeof length === 'number' && ` · ${clock(length)}`}
            </Text>
            <CloseButton
              size="sm"
              aria-label={t('chosen.leaveOut', { path })}
              onClick={() => onRemove(file)}
            />
          </Group>
        ))}
      </Stack>
      {chosen.length > FEW && (
        <Group justify="space-between" mt="xs">
          <Text size="sm" c="dimmed">
            {t('chosen.all', { count: chosen.length, size: bytesWords(bytes) })}
          </Text>
          <Button size="xs" variant="default" onClick={onClear}>
            {t('chosen.leaveOutAll')}
          </Button>
        </Group>
      )}
    </div>
  )
}
