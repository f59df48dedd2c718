import { describe, expect, it } from 'vitest'
import { LanguageVote } from './language-vote.ts'

function voteOf(...heard: [string, number][]): LanguageVote {
  const vote = new LanguageVote()
  for (const [language, seconds] of heard) vote.add(language, seconds)
  return vote
}

describe('the language of a recording', () => {
  it('is the one that most was heard in, wherever it began', () => {
    expect(voteOf(['en', 29], ['de', 25], ['de', 6], ['de', 29]).leader()).toEqual({
      language: 'de',
      share: 60 / 89,
    })
  })

  it('is unknown as long as nothing was heard', () => {
    expect(new LanguageVote().leader()).toBeNull()
    expect(new LanguageVote().rather('en', 1)).toBeUndefined()
  })

  it('is that of a short part as well, once it is settled', () => {
    expect(voteOf(['de', 29], ['de', 29]).rather('cy', 3)).toBe('de')
    expect(voteOf(['de', 29], ['de', 29]).rather('de', 3)).toBeUndefined()
  })

  it('is not forced upon a long part, nor upon anything before it is settled', () => {
    expect(voteOf(['de', 29], ['de', 29]).rather('fr', 20)).toBeUndefined()
    expect(voteOf(['de', 20]).rather('fr', 3)).toBeUndefined()
    expect(voteOf(['de', 29], ['fr', 29]).rather('it', 3)).toBeUndefined()
  })
})
