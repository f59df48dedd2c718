import { useMatches } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslations } from 'use-intl'

/** Names the page in the browser's tab, and for screen readers, after its route. */
export function usePageTitle(): void {
  const t = useTranslations('shell.pages')
  const title = useMatches({
    select: (matches) => matches.findLast((m) => m.staticData.title)?.staticData.title,
  })
  useEffect(() => {
    document.title = title ? `${t(title)} · Earshot` : 'Earshot'
  }, [t, title])
}
