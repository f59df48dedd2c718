import { Text } from '@mantine/core'
import { Loaded } from '../parts/loaded.tsx'
import { Row, Rows } from '../parts/rows.tsx'
import { When } from '../parts/when.tsx'
import { useAttempts } from './data.ts'
import { PLATFORM_NAMES } from './platform-names.ts'

const OUTCOMES = { published: 'Published', failed: 'Failed', unknown: 'Interrupted' } as const

/** What was tried so far, in order. */
export function Attempts({ postId }: { postId: string }) {
  const attempts = useAttempts(postId)
  return (
    <Loaded query={attempts} failed="We could not load the attempts">
      {({ items }) => (
        <Rows label="Attempts">
          {items.map(({ platform, handle, index, outcome, error, beganAt }) => (
            <Row key={`${beganAt} ${handle} ${index}`}>
              <Text size="sm">
                {PLATFORM_NAMES[platform]}, {handle}: {OUTCOMES[outcome]}, <When at={beganAt} />
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
