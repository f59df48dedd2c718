/** The operator's part of the dashboard's API, under `/api/dashboard/operator`. Times are epoch ms. */
import { z } from 'zod'

/** `GET /health`: what `earshot doctor` finds on the machine that answers. Runs programs: not for asking often. */
export const operatorHealth = z.object({
  findings: z.array(
    z.object({
      name: z.string(),
      ok: z.boolean(),
      says: z.string(),
      cure: z.string().optional(),
      codes: z
        .object({ name: z.string().optional(), says: z.string().optional(), cure: z.string().optional() })
        .optional()
        .describe(
          'Codes for the name, the finding and the cure, by which a page finds its own words for them. A part that is the same in every language has none.',
        ),
      values: z
        .record(z.string(), z.union([z.string(), z.number()]))
        .optional()
        .describe('What the words are about: versions, paths, numbers.'),
    }),
  ),
})
export type OperatorHealth = z.output<typeof operatorHealth>

/** `GET /overview`: how things are now. */
export const operatorOverview = z.object({
  workers: z.array(
    z.object({
      id: z.string(),
      host: z.string(),
      role: z
        .enum(['all', 'fetch', 'recognise'])
        .describe('`fetch`: only downloads and decodes; `recognise`: only transcribes parts; `all`: both.'),
      engine: z
        .looseObject({ model: z.string(), family: z.string(), standIn: z.boolean() })
        .nullable()
        .describe('The model for requests that name none; null: it leaves them to other workers.'),
      models: z.array(z.looseObject({ model: z.string() })),
      slots: z.array(
        z.looseObject({ state: z.enum(['starting', 'idle', 'busy', 'down']), restarts: z.number() }),
      ),
      running: z.number(),
      fault: z.string().nullable(),
      startedAt: z.number(),
      seenAt: z.number(),
    }),
  ),
  transcriptions: z
    .record(z.string(), z.number())
    .describe('By state: those that are waiting or running, and those that ended in the last 24 hours.'),
  waitingSince: z.number().nullable(),
  storage: z.object({ files: z.number(), bytes: z.number() }),
  limits: z
    .object({
      mediaDays: z.number(),
      transcriptDays: z.number(),
      maxUploadBytes: z.number(),
      maxMediaSeconds: z.number(),
    })
    .describe('As the settings have it; 0 days: kept for ever.'),
  accounts: z.number(),
})
export type OperatorOverview = z.output<typeof operatorOverview>

export const operatorAccounts = z.object({
  accounts: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      plan: z.string(),
      subscriptionStatus: z.string().nullable(),
      posted: z.number(),
      pending: z.number(),
      createdAt: z.number(),
    }),
  ),
  next: z.string().nullable(),
})
export type OperatorAccounts = z.output<typeof operatorAccounts>

export const accountsQuery = z.strictObject({
  q: z.string().max(200).optional(),
  after: z.string().max(100).optional(),
})

export const newAccountBody = z.strictObject({
  name: z.string().trim().min(1).max(200),
  credits: z.int().min(0).max(1_000_000_000).default(0),
})

export const grantBody = z.strictObject({
  amount: z.int().min(1).max(1_000_000_000),
  reference: z.string().min(1).max(200).optional(),
  note: z.string().max(500).optional(),
})

/** `POST /accounts/{id}/invitations`: a login for an account; with `operator`, for this area too. */
export const operatorInviteBody = z.strictObject({
  email: z.string().max(254).optional(),
  role: z.enum(['owner', 'member']).default('owner'),
  operator: z.boolean().default(false),
})
/** The token is shown this once. */
export const operatorInviteReply = z.object({
  email: z.string().nullable(),
  token: z.string(),
  expiresAt: z.number(),
})
export type OperatorInviteReply = z.output<typeof operatorInviteReply>

/** After `POST /accounts`. The key is shown this once. */
export const newAccountReply = z.object({ accountId: z.string(), apiKey: z.string() })
export type NewAccountReply = z.output<typeof newAccountReply>

/** `POST /downloader/update`: yt-dlp's newest release, here and, soon after, on every worker. */
export const operatorDownloader = z.object({
  version: z.string().describe('In use here.'),
  previous: z.string().nullable().describe('In use before; null: there was none.'),
  changed: z.boolean().describe('False: there was nothing newer.'),
})
export type OperatorDownloader = z.output<typeof operatorDownloader>

/**
 * `GET /models`. `POST /models/{name}/pull` begins a pull, `DELETE` breaks it off; `PUT /models/{name}/default`;
 * `DELETE /models/{name}` removes one that is not in use.
 */
export const operatorModels = z.object({
  models: z.array(
    z.object({
      name: z.string(),
      recognises: z.boolean().describe('False: it helps the others and cannot be the default.'),
      about: z.string().describe('In English.'),
      bytes: z.number().describe('Of the download.'),
      licence: z.string(),
      languages: z.string().describe('In English.'),
      spoken: z
        .union([z.array(z.string()), z.number(), z.null()])
        .describe('ISO 639-1 codes, or how many languages; null: any.'),
      own: z
        .object({
          source: z.string().nullable().describe('Where it was added from; null: a folder.'),
          fault: z.string().nullable().describe('Why it cannot be used; null: it can.'),
        })
        .nullable()
        .describe('Of one that is not of the catalogue.'),
      wordErrorRate: z.number().nullable().describe('Percent; null: not published.'),
      memoryMb: z.number().nullable().describe('Of one engine process, roughly; null: not known.'),
      installed: z.boolean(),
      isDefault: z
        .boolean()
        .describe('Serves where the operator names none; after a change from the next start on.'),
      pull: z
        .object({ bytes: z.number(), total: z.number() })
        .nullable()
        .describe('Being fetched at the moment.'),
      failure: z.string().nullable().describe('Why the last pull here ended without the model.'),
    }),
  ),
})
export type OperatorModels = z.output<typeof operatorModels>

/** `GET /runners`: machines that hear for this server and whose tokens count. `DELETE /runners/{id}` ends a token. */
export const operatorRunners = z.object({
  runners: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      preview: z.string(),
      /** What it may hear; null: all. */
      models: z.array(z.string()).nullable(),
      /** Whose parts it may have; null: everybody's. */
      accounts: z.array(z.string()).nullable(),
      createdAt: z.number(),
      /** null: it has never asked. */
      seenAt: z.number().nullable(),
      /** It asked within the last minute. */
      lives: z.boolean(),
      says: z
        .object({
          version: z.string(),
          host: z.string(),
          models: z.array(z.string()),
          places: z.number(),
          /** Seconds of sound in a second; null: it has heard nothing yet. */
          speed: z.number().nullable(),
        })
        .nullable(),
      parts: z.number(),
      heardSeconds: z.number(),
      /** Why its last result was refused; null: it was not. */
      fault: z.string().nullable(),
    }),
  ),
})
export type OperatorRunners = z.output<typeof operatorRunners>

/** `POST /runners`. */
export const newRunnerBody = z.strictObject({
  name: z.string().trim().min(1).max(100),
  models: z.array(z.string().min(1).max(200)).min(1).max(200).optional(),
  accounts: z.array(z.string().min(1).max(100)).min(1).max(1000).optional(),
})
/** The token is shown this once. */
export const newRunnerReply = z.object({ runnerId: z.string(), token: z.string() })
export type NewRunnerReply = z.output<typeof newRunnerReply>
