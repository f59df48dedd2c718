import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { CreditsReply, LedgerReply, UsageReply } from '../../../../src/contract/account.ts'
import { api } from '../../api.ts'

export type LedgerItem = LedgerReply['items'][number]

const ledgerPage = (limit: number, cursor: string | null): Promise<LedgerReply> =>
  api.get<LedgerReply>(
    `/credits/ledger?${new URLSearchParams({ limit: String(limit), ...(cursor !== null && { cursor }) })}`,
  )

export const useCredits = () =>
  useQuery({ queryKey: ['credits'], queryFn: () => api.get<CreditsReply>('/credits') })

export const useLedger = () =>
  useInfiniteQuery({
    queryKey: ['credits', 'ledger'],
    queryFn: ({ pageParam }) => ledgerPage(100, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  })

/** The whole statement, however long, the newest first. */
export async function wholeLedger(): Promise<LedgerItem[]> {
  const items: LedgerItem[] = []
  for (let cursor: string | null = null; ; ) {
    const page: LedgerReply = await ledgerPage(500, cursor)
    items.push(...page.items)
    if (page.nextCursor === null) return items
    cursor = page.nextCursor
  }
}

/** @param days how many, with today */
export const useUsage = (days: number) =>
  useQuery({
    queryKey: ['usage', days],
    queryFn: () => api.get<UsageReply>(`/usage?from=${isoDay(Date.now() - (days - 1) * DAY_MS)}`),
    placeholderData: (before) => before,
  })

const DAY_MS = 86_400_000
const isoDay = (at: number): string => new Date(at).toISOString().slice(0, 10)
