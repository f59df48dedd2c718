import { Text, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useSession } from '../session.ts'

/** Mantine's menu places itself by 20 kB of script, which the first view need not wait for. */
const WhoMenu = lazy(() => import('./who-menu.tsx').then(({ WhoMenu }) => ({ default: WhoMenu })))

/** Who is logged in, and the way out. */
export function Who() {
  const t = useTranslations('shell.who')
  const { user, account } = useSession()
  const [asked, setAsked] = useState(false)
  const button = (onClick?: () => void) => (
    <UnstyledButton
      flex={1}
      miw={0}
      p="xs"
      style={{ borderRadius: 'var(--mantine-radius-default)' }}
      onClick={onClick}
    >
      <Text size="sm" fw={600} truncate>
        {user.name}
      </Text>
      <Text size="xs" c="dimmed" truncate>
        {account.name}
      </Text>
      <VisuallyHidden>{t('label')}</VisuallyHidden>
    </UnstyledButton>
  )
  return (
    <Suspense fallback={button(() => setAsked(true))}>
      <WhoMenu button={button()} asked={asked} />
    </Suspense>
  )
}
