import type { FastifyInstance } from 'fastify'
import {
  type ChangeTranscriptReply,
  changeTranscriptBody,
  type ListChangesReply,
  listChangesQuery,
} from '../../../../contract/edits.ts'
import { changeTranscript } from '../../../../domain/transcriptions/change.ts'
import { listChanges } from '../../../../domain/transcriptions/list-changes.ts'
import type { HttpDeps } from '../../../context.ts'
import { parse } from '../../../parse.ts'
import { segmentReply } from '../../../transcript-reply.ts'
import { iso } from '../present.ts'
import { EDIT_LIMIT } from './transcriptions.ts'

interface ById {
  Params: { id: string }
}

/** `/v1/transcriptions/{id}/changes`: an edited transcript a few segments at a time, and who edited what. */
export function changes(app: FastifyInstance, deps: HttpDeps): void {
  app.post<ById>(
    '/transcriptions/:id/changes',
    { bodyLimit: EDIT_LIMIT },
    async ({ ctx, params, body }): Promise<ChangeTranscriptReply> => {
      const wanted = parse(changeTranscriptBody, body)
      return { version: await changeTranscript(deps, ctx, params.id, wanted) }
    },
  )

  app.get<ById>('/transcriptions/:id/changes', async ({ ctx, params, query }): Promise<ListChangesReply> => {
    const { version, items } = await listChanges(deps, ctx, params.id, parse(listChangesQuery, query))
    return {
      version,
      items: items.map(({ changedAt, changes, ...item }) => ({
        ...item,
        changedAt: iso(changedAt),
        changes: changes.map(({ at, remove, insert }) => ({
          at,
          remove,
          insert: insert.map((segment) => segmentReply(segment)),
        })),
      })),
    }
  })
}
