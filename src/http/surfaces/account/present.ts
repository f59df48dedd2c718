import type {
  CreditsReply,
  KeyReply,
  LedgerReply,
  PurchaseReply,
  UsageReply,
} from '../../../contract/account.ts'
import type { Balance } from '../../../domain/credits/balance.ts'
import type { StatementItem } from '../../../domain/credits/statement.ts'
import type { Usage } from '../../../domain/credits/usage.ts'
import type { PurchaseRow } from '../../../domain/plans/tables.ts'
import type { AccountRow, ApiKeyRow } from '../../../domain/tables.ts'

const iso = (time: number): string => new Date(time).toISOString()
const isoOrNull = (time: number | null): string | null => (time === null ? null : iso(time))
const dayOf = (time: number): string => iso(time).slice(0, 10)

export const key = (row: ApiKeyRow, now: number): KeyReply => ({
  id: row.id,
  name: row.name,
  preview: row.preview,
  scopes: JSON.parse(row.scopes) as string[],
  status: statusOf(row, now),
  createdAt: iso(row.created_at),
  lastUsedAt: isoOrNull(row.last_used_at),
  expiresAt: isoOrNull(row.expires_at),
  revokedAt: isoOrNull(row.revoked_at),
})

function statusOf({ revoked_at, expires_at }: ApiKeyRow, now: number): KeyReply['status'] {
  if (revoked_at !== null) return 'revoked'
  return expires_at !== null && expires_at <= now ? 'expired' : 'active'
}

export const credits = ({ account, balance }: { account: AccountRow; balance: Balance }): CreditsReply => ({
  ...balance,
  plan: account.plan,
  subscriptionStatus: account.subscription_status,
  currentPeriodEnd: isoOrNull(account.current_period_end),
})

export const statementItem = ({
  transfer,
  availableChange,
  postedChange,
}: StatementItem): LedgerReply['items'][number] => ({
  id: transfer.id,
  kind: transfer.kind,
  amount: transfer.amount,
  availableChange,
  postedChange,
  holdId: transfer.hold_id,
  transcriptionId: transfer.transcription_id,
  note: transfer.note,
  createdAt: iso(transfer.created_at),
})

export const usage = ({ from, to }: { from: number; to: number }, used: Usage): UsageReply => ({
  from: dayOf(from),
  to: dayOf(to),
  ...used,
  days: used.days.map((each) => ({ ...each, day: dayOf(each.day) })),
})

export const purchase = (row: PurchaseRow): PurchaseReply => ({
  id: row.id,
  kind: row.kind,
  item: row.item,
  credits: row.credits,
  state: row.state,
  createdAt: iso(row.created_at),
  endedAt: isoOrNull(row.ended_at),
})
