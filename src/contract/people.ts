/** The account's people, and one's own sessions, under `/api/dashboard`. Times are ISO 8601. */
import { z } from 'zod'

export const ROLES = ['owner', 'member'] as const
const role = z.enum(ROLES)

const person = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role,
  operator: z.boolean(),
  you: z.boolean().describe('The one who asks.'),
  createdAt: z.string(),
  lastLoginAt: z.string().nullable(),
})
export type Person = z.infer<typeof person>

const invitation = z.object({
  id: z.string(),
  email: z.string().nullable().describe('Null: whoever has the link.'),
  role,
  createdAt: z.string(),
  expiresAt: z.string(),
})
export type Invitation = z.infer<typeof invitation>

/** `GET /people`. Members see no invitations. */
export const peopleReply = z.object({ people: z.array(person), invitations: z.array(invitation) })
export type PeopleReply = z.infer<typeof peopleReply>

/** `POST /invitations`. */
export const inviteBody = z.strictObject({
  email: z.string().max(254).optional().describe('Omitted: whoever has the link.'),
  role,
})
/** The token is shown this once; the page makes the link of it. */
export const inviteReply = invitation.extend({ token: z.string() })
export type InviteReply = z.infer<typeof inviteReply>

/** `PATCH /people/{id}`. */
export const roleBody = z.strictObject({ role })

/** `GET /sessions`. */
export const sessionsReply = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      current: z.boolean().describe("This browser's."),
      userAgent: z.string(),
      address: z.string(),
      createdAt: z.string(),
      lastSeenAt: z.string(),
    }),
  ),
})
export type SessionsReply = z.infer<typeof sessionsReply>

/** `PUT /password`. Ends every other session. */
export const passwordBody = z.strictObject({
  current: z.string().max(200),
  next: z.string().max(200),
})
