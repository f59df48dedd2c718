import type { FastifyInstance } from 'fastify'
import {
  type VocabularyReply,
  type VocabularySuggestionsReply,
  vocabularyBody,
} from '../../../../contract/native.ts'
import { readVocabulary } from '../../../../domain/vocabulary/read.ts'
import { suggestVocabulary } from '../../../../domain/vocabulary/suggest.ts'
import { writeVocabulary } from '../../../../domain/vocabulary/write.ts'
import type { HttpDeps } from '../../../context.ts'
import { parse } from '../../../parse.ts'

/** `/v1/vocabulary`: names, terms and replacements that every transcription of the account is given. */
export function vocabulary(app: FastifyInstance, deps: HttpDeps): void {
  app.get('/vocabulary', async ({ ctx }): Promise<VocabularyReply> => readVocabulary(deps.db, ctx.accountId))
  app.get(
    '/vocabulary/suggestions',
    async ({ ctx }): Promise<VocabularySuggestionsReply> => ({
      items: await suggestVocabulary(deps, ctx),
    }),
  )
  app.put('/vocabulary', async ({ ctx, body }): Promise<VocabularyReply> => {
    await writeVocabulary(deps, ctx, parse(vocabularyBody, body))
    return readVocabulary(deps.db, ctx.accountId)
  })
}
