import { Menu } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslations } from 'use-intl'
import { useLogOut, useSession } from '../session.ts'

interface WhoMenuProps {
  button: ReactElement
  /** It was clicked before this was loaded. */
  asked: boolean
}

/** The way out, behind the button. */
export function WhoMenu({ button, asked }: WhoMenuProps) {
  const t = useTranslations('shell.who')
  const { user, byProxy } = useSession()
  const logOut = useLogOut()
  return (
    <Menu position="top-start" width={220} defaultOpened={asked}>
      <Menu.Target>{button}</Menu.Target>
      <Menu.Dropdown>
        <Menu.Label style={{ overflowWrap: 'anywhere' }}>{user.email}</Menu.Label>
        {byProxy ? (
          <Menu.Label>{t('byProxy')}</Menu.Label>
        ) : (
          <>
            <Menu.Item onClick={() => logOut.mutate({ everywhere: false })}>{t('logOut')}</Menu.Item>
            <Menu.Item onClick={() => logOut.mutate({ everywhere: true })}>{t('everywhere')}</Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
