/** How long a post of a thread is for each account, while it is typed. Pure. */
import type { DraftReply, PostAccountReply } from '../../../../src/contract/posts.ts'
import { letters } from './letters.ts'

export interface Count {
  accountId: string
  length: number
  limit: number
}

/**
 * What the server counted when it saved, and what was typed since: how a link counts, the server knows.
 * @param at its place in the saved thread
 */
export const countsOf = (
  text: string,
  at: number,
  { thread, accounts }: Pick<DraftReply, 'thread' | 'accounts'>,
  chosen: readonly Pick<PostAccountReply, 'id' | 'characterLimit'>[],
): Count[] =>
  chosen.map(({ id: accountId, characterLimit }) => {
    const saved = accounts.find((each) => each.accountId === accountId)
    const [before, counted] = [thread[at], saved?.lengths[at]]
    const forLinks = before === undefined || counted === undefined ? 0 : counted - letters(before)
    return {
      accountId,
      length: letters(text.trim()) + forLinks,
      limit: saved?.characterLimit ?? characterLimit,
    }
  })

export const isTooLong = ({ length, limit }: Count): boolean => length > limit
