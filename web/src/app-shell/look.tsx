import { MantineProvider } from '@mantine/core'
import { type ReactNode, useMemo } from 'react'
import { useTranslations } from 'use-intl'
import { cssVariablesResolver, themeWith } from '../theme.ts'

/** The colours and shapes of everything, and the words that are within Mantine's own components. */
export function Look({ children }: { children: ReactNode }) {
  const t = useTranslations('parts')
  const theme = useMemo(() => themeWith(t('close')), [t])
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariablesResolver} defaultColorScheme="auto">
      {children}
    </MantineProvider>
  )
}
