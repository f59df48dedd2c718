/** Getting in, under `/api/dashboard`: `/session`, `/login`, `/logout`, `/invitation`, `/join`. */
import { z } from 'zod'

/** `GET /session`, and the answer to a login: who is here. */
export const sessionReply = z.object({
  user: z.object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    role: z.enum(['owner', 'member']),
    operator: z.boolean().describe("Sees the operator's area."),
  }),
  account: z.object({ id: z.string(), name: z.string() }),
  byProxy: z.boolean().describe("The login is the proxy's: there is no signing out here, and no password."),
})
export type SessionReply = z.output<typeof sessionReply>

/** `POST /login`. */
export const loginBody = z.strictObject({ email: z.string().max(320), password: z.string().max(1000) })

/** `POST /invitation`: what a link promises, before it is used. */
export const invitationBody = z.strictObject({ token: z.string().min(1).max(200) })
export const invitationReply = z.object({
  email: z
    .string()
    .nullable()
    .describe('Whose it is; null: whoever has the link, who names an address of their own.'),
  role: z.enum(['owner', 'member']),
  operator: z.boolean(),
  account: z.string(),
})
export type InvitationReply = z.output<typeof invitationReply>

/** `POST /join`: makes the login, and logs in. */
export const joinBody = z.strictObject({
  token: z.string().min(1).max(200),
  email: z.string().max(320).default(''),
  name: z.string().max(100).default(''),
  password: z.string().max(1000),
})

/** `POST /logout`. */
export const logoutBody = z.strictObject({
  everywhere: z.boolean().default(false).describe("Every session of this person, not only this browser's."),
})
