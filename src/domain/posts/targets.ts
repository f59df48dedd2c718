import { POST_PLATFORMS } from '../../contract/posts.ts'
import type { PostLimits } from '../../ports/publisher.ts'
import { DomainError } from '../errors.ts'
import type { PostAccountRow } from './tables.ts'

/** Where a request wants something posted: a platform, and which account there where it has several. */
export interface WantedTarget {
  platform: string
  accountId?: string | undefined
}

const PLATFORMS: readonly string[] = POST_PLATFORMS

/**
 * The connected accounts that are meant, each once. Pure.
 * @param field where in the request the targets stand
 * @throws DomainError `post.platform`, `post.account`
 */
export function resolveTargets(
  wanted: readonly WantedTarget[],
  connected: readonly PostAccountRow[],
  field: string,
): PostAccountRow[] {
  return [...new Set(wanted.map((each) => resolve(each, connected, field)))]
}

function resolve(
  { platform, accountId }: WantedTarget,
  connected: readonly PostAccountRow[],
  field: string,
): PostAccountRow {
  if (!PLATFORMS.includes(platform))
    throw new DomainError(
      'post.platform',
      `Earshot posts to mastodon, bluesky and webhook, not to “${platform.slice(0, 50)}”. To get there, connect a ` +
        'webhook account and let an automation behind it (n8n, Make, Zapier…) publish what it is sent.',
      { field, reason: 'unsupported', platforms: PLATFORMS },
    )
  const there = connected.filter((each) => each.platform === platform)
  if (accountId !== undefined) {
    const meant = there.find(({ id }) => id === accountId)
    if (meant) return meant
    throw new DomainError(
      'post.account',
      `There is no connected ${platform} account ${accountId.slice(0, 50)}.`,
      {
        field,
        reason: 'unknown',
      },
    )
  }
  if (there.length === 1) return there[0]!
  throw new DomainError(
    'post.account',
    there.length === 0
      ? `No ${platform} account is connected. Connect one on the page or with POST /v1/post-accounts.`
      : `Several ${platform} accounts are connected: say which with accountId.`,
    { field, reason: 'required', accountIds: there.map(({ id }) => id) },
  )
}

/** @throws DomainError `post.account` for an id that is none of them */
export const accountsById = (
  ids: readonly string[],
  connected: readonly PostAccountRow[],
  field: string,
): PostAccountRow[] =>
  [...new Set(ids)].map((id) => {
    const meant = connected.find((each) => each.id === id)
    if (meant) return meant
    throw new DomainError('post.account', `There is no connected account ${id.slice(0, 50)}.`, {
      field,
      reason: 'unknown',
    })
  })

export const limitsOf = ({ limits }: Pick<PostAccountRow, 'limits'>): PostLimits =>
  JSON.parse(limits) as PostLimits

/** What fits all of them. Pure. */
export function strictest(all: readonly PostLimits[]): PostLimits {
  const bytes = Math.min(...all.map((each) => each.bytes ?? Number.POSITIVE_INFINITY))
  const link = Math.max(...all.map((each) => each.link ?? 0))
  return {
    graphemes: Math.min(...all.map(({ graphemes }) => graphemes)),
    ...(Number.isFinite(bytes) && { bytes }),
    ...(link > 0 && { link }),
  }
}
