import { AppShell, Box, Burger, Group } from '@mantine/core'
import { useDisclosure, useWindowEvent } from '@mantine/hooks'
import { Link, Outlet, useLocation } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useTranslations } from 'use-intl'
import { Away } from './away.tsx'
import { Brand } from './brand.tsx'
import { Navigation } from './navigation.tsx'
import { Recording } from './recording.tsx'
import { SchemeSwitch } from './scheme-switch.tsx'
import { Who } from './who.tsx'

const MAIN = 'content'

/** The frame of every page behind the login: navigation at the side, or behind a button on a phone. */
export function Shell() {
  const t = useTranslations('shell')
  const [opened, { toggle, close }] = useDisclosure()
  const main = useFocusOnArrival()
  const burger = useRef<HTMLButtonElement>(null)
  useWindowEvent('keydown', ({ key }) => {
    if (!opened || key !== 'Escape') return
    close()
    burger.current?.focus()
  })
  return (
    <AppShell
      padding="lg"
      header={{ height: { base: 56, sm: 0 } }}
      // On a phone it lies below its button and leaves room beside it: both close it.
      navbar={{ width: { base: 264, sm: 232 }, breakpoint: 'sm', collapsed: { mobile: !opened } }}
    >
      <a className="skip-link" href={`#${MAIN}`}>
        {t('navigation.skip')}
      </a>
      <AppShell.Header hiddenFrom="sm" bg="var(--shell-background)">
        <Group h="100%" px="md" gap="sm">
          <Burger
            ref={burger}
            opened={opened}
            onClick={toggle}
            size="sm"
            aria-label={opened ? t('navigation.close') : t('navigation.open')}
            aria-expanded={opened}
          />
          <Link to="/" aria-label={t('navigation.start')} style={{ textDecoration: 'none' }}>
            <Brand />
          </Link>
          <Box ml="auto">
            <Recording />
          </Box>
        </Group>
      </AppShell.Header>
      {opened && (
        <button type="button" className="beside-menu" tabIndex={-1} aria-hidden="true" onClick={close} />
      )}
      {/* Below its breakpoint Mantine gives it the whole width, in a style that `width.base` does not always come after. */}
      <AppShell.Navbar p="sm" maw={264} bg="var(--shell-background)" aria-label={t('navigation.label')}>
        <AppShell.Section p="xs" pb="md" visibleFrom="sm">
          <Link to="/" aria-label={t('navigation.start')} style={{ textDecoration: 'none' }}>
            <Brand />
          </Link>
        </AppShell.Section>
        <AppShell.Section grow style={{ overflowY: 'auto' }}>
          <Navigation onGo={close} />
        </AppShell.Section>
        <NavbarEnd />
      </AppShell.Navbar>
      <AppShell.Main id={MAIN} ref={main} tabIndex={-1}>
        <Away />
        <Outlet />
      </AppShell.Main>
    </AppShell>
  )
}

const NavbarEnd = () => (
  <>
    <AppShell.Section p="xs" visibleFrom="sm">
      <Recording />
    </AppShell.Section>
    <AppShell.Section>
      <Group gap="xs" wrap="nowrap">
        <Who />
        <SchemeSwitch />
      </Group>
    </AppShell.Section>
  </>
)

/** After a step in the navigation the keyboard and the screen reader begin at the new page, not at its end. */
function useFocusOnArrival() {
  const main = useRef<HTMLElement>(null)
  const path = useLocation({ select: ({ pathname }) => pathname })
  const before = useRef(path)
  useEffect(() => {
    if (before.current !== path) main.current?.focus({ preventScroll: true })
    before.current = path
  }, [path])
  return main
}
