import { Badge } from '@mantine/core'
import { useTranslations } from 'use-intl'

/** No speech model was installed. */
export const StandIn = () => (
  <Badge color="orange" variant="light" tt="none" h="auto" style={{ whiteSpace: 'normal' }}>
    {useTranslations('transcript')('facts.standIn')}
  </Badge>
)
