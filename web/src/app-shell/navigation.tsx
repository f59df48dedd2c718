import { Divider, NavLink, Stack } from '@mantine/core'
import { Link, useMatchRoute } from '@tanstack/react-router'
import { useSession } from '../session.ts'
import { Icon, type IconName } from './icons.tsx'

interface Place {
  to: '/' | '/library' | '/keys' | '/credits' | '/webhooks' | '/settings' | '/operator'
  label: string
  icon: IconName
}

const WORK: Place[] = [
  { to: '/', label: 'Transcribe', icon: 'transcribe' },
  { to: '/library', label: 'Library', icon: 'library' },
]
const OWNERS: Place[] = [
  { to: '/keys', label: 'API keys', icon: 'keys' },
  { to: '/credits', label: 'Credits', icon: 'credits' },
  { to: '/webhooks', label: 'Webhooks', icon: 'webhooks' },
]
const SETTINGS: Place = { to: '/settings', label: 'Settings', icon: 'settings' }
const OPERATOR: Place = { to: '/operator', label: 'Operator', icon: 'operator' }

export function Navigation({ onGo }: { onGo(): void }) {
  const { user } = useSession()
  return (
    <Stack gap={2}>
      {WORK.map((place) => (
        <PlaceLink key={place.to} place={place} onGo={onGo} />
      ))}
      <Divider my="xs" />
      {[...(user.role === 'owner' ? OWNERS : []), SETTINGS].map((place) => (
        <PlaceLink key={place.to} place={place} onGo={onGo} />
      ))}
      {user.operator && (
        <>
          <Divider my="xs" />
          <PlaceLink place={OPERATOR} onGo={onGo} />
        </>
      )}
    </Stack>
  )
}

function PlaceLink({ place, onGo }: { place: Place; onGo(): void }) {
  const isHere = useMatchRoute()
  const here = isHere({ to: place.to }) !== false || (place.to === '/library' && isInTranscript(isHere))
  return (
    <NavLink
      component={Link}
      to={place.to}
      label={place.label}
      leftSection={<Icon name={place.icon} />}
      active={here}
      aria-current={here ? 'page' : undefined}
      onClick={onGo}
      style={{ borderRadius: 'var(--mantine-radius-default)' }}
    />
  )
}

/** A transcript is a place within the library. */
const isInTranscript = (isHere: ReturnType<typeof useMatchRoute>): boolean =>
  isHere({ to: '/transcripts/$id' }) !== false
