import { useMatches } from '@tanstack/react-router'
import { useEffect } from 'react'

/** Names the page in the browser's tab, and for screen readers, after its route. */
export function usePageTitle(): void {
  const title = useMatches({
    select: (matches) => matches.findLast((m) => m.staticData.title)?.staticData.title,
  })
  useEffect(() => {
    document.title = title ? `${title} · Earshot` : 'Earshot'
  }, [title])
}
