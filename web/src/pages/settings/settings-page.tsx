import { Stack } from '@mantine/core'
import { PageHead } from '../parts/page-head.tsx'
import { Password } from './password.tsx'
import { People } from './people.tsx'
import { Retention } from './retention.tsx'
import { Sessions } from './sessions.tsx'

export function SettingsPage() {
  return (
    <Stack gap="lg">
      <PageHead title="Settings" says="Who works in this account, and your own login." />
      <People />
      <Retention />
      <Sessions />
      <Password />
    </Stack>
  )
}
