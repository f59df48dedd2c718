import { Divider, NavLink, Stack } from '@mantine/core'
import { Link, useMatchRoute } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import type { Messages } from '../i18n/messages.ts'
import { useSession } from '../session.ts'
import { Icon, type IconName } from './icons.tsx'

interface Place {
  to:
    | '/'
    | '/library'
    | '/batches'
    | '/posts'
    | '/keys'
    | '/credits'
    | '/webhooks'
    | '/settings'
    | '/operator'
  name: keyof Messages['shell']['pages'] & IconName
}

const WORK: Place[] = [
  { to: '/', name: 'transcribe' },
  { to: '/library', name: 'library' },
  { to: '/batches', name: 'batches' },
]
const POSTS: Place = { to: '/posts', name: 'posts' }
const OWNERS: Place[] = [
  { to: '/keys', name: 'keys' },
  { to: '/credits', name: 'credits' },
  { to: '/webhooks', name: 'webhooks' },
]
const SETTINGS: Place = { to: '/settings', name: 'settings' }
const OPERATOR: Place = { to: '/operator', name: 'operator' }

export function Navigation({ onGo }: { onGo(): void }) {
  const { user } = useSession()
  return (
    <Stack gap={2}>
      {[...WORK, ...(user.role === 'owner' ? [POSTS] : [])].map((place) => (
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
  const t = useTranslations('shell.pages')
  const isHere = useMatchRoute()
  const here = isHere({ to: place.to }) !== false || (place.to === '/library' && isInTranscript(isHere))
  return (
    <NavLink
      component={Link}
      to={place.to}
      label={t(place.name)}
      leftSection={<Icon name={place.name} />}
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
