import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { VocabularyReply, VocabularySuggestionsReply } from '../../../../../src/contract/native.ts'
import { api } from '../../../api.ts'

export type Suggestion = VocabularySuggestionsReply['items'][number]

const KEY = ['vocabulary', 'suggestions']

/** What was corrected again and again. @param version of the transcript that is edited: each may bring another one */
export const useSuggestions = (version: number): readonly Suggestion[] =>
  useQuery({
    queryKey: [...KEY, version],
    queryFn: async () => (await api.get<VocabularySuggestionsReply>('/vocabulary/suggestions')).items,
    enabled: version > 0,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  }).data ?? []

/** Expected, and written instead of what was heard, from the next transcription on. */
export function useAddToVocabulary() {
  const queries = useQueryClient()
  return useMutation({
    async mutationFn({ from, to }: Suggestion) {
      const { keywords, replacements } = await api.get<VocabularyReply>('/vocabulary')
      return api.put<VocabularyReply>('/vocabulary', {
        keywords: [...new Set([...keywords, to])],
        replacements: [...replacements, { from, to }],
      })
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: KEY }),
  })
}

const STORED = 'earshot:vocabulary-left'

/** What somebody did not want in the vocabulary, in this browser. */
export function leftOut(): string[] {
  try {
    return JSON.parse(localStorage.getItem(STORED) ?? '[]') as string[]
  } catch {
    return []
  }
}

export function leaveOut(all: readonly string[]): void {
  try {
    localStorage.setItem(STORED, JSON.stringify(all.slice(-200)))
  } catch {
    // A browser may be told to keep nothing.
  }
}
