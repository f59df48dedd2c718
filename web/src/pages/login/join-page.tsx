import { Alert, Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useLocation, useRouter } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { InvitationReply, SessionReply } from '../../../../src/contract/session.ts'
import { api } from '../../api.ts'
import type { Translate } from '../../i18n/catalogue.ts'
import { sessionQuery } from '../../session.ts'
import { Loaded } from '../parts/loaded.tsx'
import { Problem } from '../parts/problem.tsx'
import { Entrance } from './entrance.tsx'

/** Where a link leads that the first start printed, or that somebody was sent: `/join#token`. */
export function JoinPage() {
  const t = useTranslations('login')
  const hash = useLocation({ select: ({ hash }) => hash })
  // Once it is used the address changes before the page does.
  const [token, setToken] = useState(hash)
  if (hash !== '' && hash !== token) setToken(hash)
  const invitation = useQuery({
    queryKey: ['invitation', token],
    queryFn: () => api.post<InvitationReply>('/invitation', { token }),
    enabled: token !== '',
  })
  return (
    <Entrance title={t('join.title')} says={welcome(t, invitation.data)}>
      {token === '' ? (
        <Alert color="orange">{t('join.incomplete')}</Alert>
      ) : (
        <Loaded query={invitation} failed={t('join.failed')}>
          {(data) => <JoinForm token={token} invitation={data} />}
        </Loaded>
      )}
    </Entrance>
  )
}

function welcome(t: Translate<'login'>, invitation: InvitationReply | undefined): string {
  if (!invitation) return t('join.here')
  return invitation.operator ? t('join.operator') : t('join.account', { account: invitation.account })
}

function JoinForm({ token, invitation }: { token: string; invitation: InvitationReply }) {
  const t = useTranslations('login')
  const reveal = useTranslations('parts')('reveal')
  const queries = useQueryClient()
  const { history } = useRouter()
  const [name, setName] = useState('')
  const [email, setEmail] = useState(invitation.email ?? '')
  const [password, setPassword] = useState('')
  const join = useMutation({
    mutationFn: () => api.post<SessionReply>('/join', { token, name, email, password }),
    onSuccess: (session) => {
      queries.clear()
      queries.setQueryData(sessionQuery.queryKey, session)
      history.replace('/')
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    join.mutate()
  }
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          label={t('join.name')}
          autoComplete="name"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          maxLength={100}
        />
        <TextInput
          type="email"
          label={t('email')}
          description={invitation.email === null && t('join.emailSays')}
          autoComplete="username"
          required
          withAsterisk={false}
          readOnly={invitation.email !== null}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          visibilityToggleButtonProps={{ 'aria-label': reveal }}
          label={t('password')}
          description={t('join.passwordSays')}
          autoComplete="new-password"
          required
          withAsterisk={false}
          minLength={10}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Problem error={join.error} />
        <Button type="submit" loading={join.isPending}>
          {t('join.submit')}
        </Button>
      </Stack>
    </form>
  )
}
