import { useNavigate, useRouterState } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import type { Shared } from './take-shared.ts'

/** Hands over what another app shared, where that is why the page was opened. */
export function useShared(use: (shared: Shared) => void): void {
  const navigate = useNavigate()
  const isShared = useRouterState({ select: ({ location }) => 'shared' in location.search })
  const isTaken = useRef(false)
  useEffect(() => {
    if (!isShared || isTaken.current || !('caches' in window)) return
    isTaken.current = true
    // Not once more after a reload.
    void navigate({ to: '/', replace: true })
    void import('./take-shared.ts').then(({ takeShared }) => takeShared()).then(use)
  }, [isShared, navigate, use])
}
