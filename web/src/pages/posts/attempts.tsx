import { Text } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { Loaded } from '../parts/loaded.tsx'
import { Row, Rows } from '../parts/rows.tsx'
import { When } from '../parts/when.tsx'
import { useAttempts } from './data.ts'
import { PLATFORM_NAMES } from './platform-names.ts'

/** What was tried so far, in order. */
export function Attempts({ postId }: { postId: string }) {
  const t = useTranslations('posts')
  const attempts = useAttempts(postId)
  return (
    <Loaded query={attempts} failed={t('attempts.failed')}>
      {({ items }) => (
        <Rows label={t('attempts.list')}>
          {items.map(({ platform, handle, index, outcome, error, beganAt }) => (
            <Row key={`${beganAt} ${handle} ${index}`}>
              <Text size="sm">
                {t('post.at', {
                  platform: PLATFORM_NAMES[platform],
                  handle,
                  outcome: t(`attempts.outcomes.${outcome}`),
                })}
                {' · '}
                <When at={beganAt} />
              </Text>
              {error && (
                <Text size="sm" c="dimmed">
                  {error}
                </Text>
              )}
            </Row>
          ))}
        </Rows>
      )}
    </Loaded>
  )
}
