import { useLocation } from '@tanstack/react-router'
import { lazy, Suspense, useSyncExternalStore } from 'react'
import { withMessages } from '../i18n/catalogue.ts'
import { begun } from '../pages/transcribe/recorder/begun.ts'

const RecordingBar = lazy(
  withMessages(['record'], () =>
    import('../pages/transcribe/recorder/recording-bar.tsx').then(({ RecordingBar }) => ({
      default: RecordingBar,
    })),
  ),
)

/** The recording that goes on while one is on other pages than the one that shows it. */
export function Recording() {
  const isBegun = useSyncExternalStore(begun.subscribe, begun.read)
  const isElsewhere = useLocation({ select: ({ pathname }) => pathname !== '/' })
  return (
    isBegun &&
    isElsewhere && (
      <Suspense>
        <RecordingBar />
      </Suspense>
    )
  )
}
