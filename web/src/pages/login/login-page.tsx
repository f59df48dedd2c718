import { Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter, useSearch } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { SessionReply } from '../../../../src/contract/session.ts'
import { api } from '../../api.ts'
import { sessionQuery } from '../../session.ts'
import { Problem } from '../parts/problem.tsx'
import { Entrance } from './entrance.tsx'

export function LoginPage() {
  const t = useTranslations('login')
  const reveal = useTranslations('parts')('reveal')
  const { next = '/', ended } = useSearch({ from: '/login' })
  const queries = useQueryClient()
  const { history } = useRouter()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const logIn = useMutation({
    mutationFn: () => api.post<SessionReply>('/login', { email, password }),
    onSuccess: (session) => {
      queries.clear()
      queries.setQueryData(sessionQuery.queryKey, session)
      history.replace(next)
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    logIn.mutate()
  }
  return (
    <Entrance title={t('logIn')} says={t(ended ? 'ended' : 'says')}>
      <form onSubmit={submit}>
        <Stack>
          <TextInput
            type="email"
            label={t('email')}
            autoComplete="username"
            required
            withAsterisk={false}
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <PasswordInput
            visibilityToggleButtonProps={{ 'aria-label': reveal }}
            label={t('password')}
            autoComplete="current-password"
            required
            withAsterisk={false}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <Problem error={logIn.error} />
          <Button type="submit" loading={logIn.isPending}>
            {t('logIn')}
          </Button>
        </Stack>
      </form>
    </Entrance>
  )
}
