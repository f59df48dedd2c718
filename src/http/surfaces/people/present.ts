import type { Invitation, Person, SessionsReply } from '../../../contract/people.ts'
import type { InvitationRow, SessionRow, UserRow } from '../../../domain/users/tables.ts'

const iso = (ms: number): string => new Date(ms).toISOString()

export const presentPerson = (row: UserRow, asking: string): Person => ({
  id: row.id,
  name: row.name,
  email: row.email,
  role: row.role,
  operator: row.operator === 1,
  you: row.id === asking,
  createdAt: iso(row.created_at),
  lastLoginAt: row.last_login_at === null ? null : iso(row.last_login_at),
})

export const presentInvitation = (row: InvitationRow): Invitation => ({
  id: row.id,
  email: row.email,
  role: row.role,
  createdAt: iso(row.created_at),
  expiresAt: iso(row.expires_at),
})

export const presentSession = (row: SessionRow, current: string): SessionsReply['items'][number] => ({
  id: row.id,
  current: row.id === current,
  userAgent: row.user_agent,
  address: row.address,
  createdAt: iso(row.created_at),
  lastSeenAt: iso(row.last_seen_at),
})
