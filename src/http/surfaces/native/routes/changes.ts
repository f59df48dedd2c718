import type { FastifyInstance } from 'fastify'
import {
  type ChangeTranscriptReply,
  type ListChangesReply,
  listChangesQuery,
} from '../../../../contract/edits.ts'
import { changeTranscript } from '../../../../domain/transcriptions/change.ts'
import { listChanges } from '../../../../domain/transcriptions/list-changes.ts'
import type { HttpDeps } from '../../../context.ts'
import { parse } from '../../../parse.ts'
import { asBuffer, JSON_TYPE } from '../../../send-transcript.ts'
import { iso } from '../present.ts'
import { LONG_BODY, type LongBody } from './transcriptions.ts'

interface ById {
  Params: { id: string }
}

/** `/v1/transcriptions/{id}/changes`: an edited transcript a few segments at a time, and who edited what. */
export function changes(app: FastifyInstance, deps: HttpDeps): void {
  app.post<ById & LongBody>(
    '/transcriptions/:id/changes',
    LONG_BODY,
    async ({ ctx, params, body }): Promise<ChangeTranscriptReply> => {
      const wanted = await deps.texts.readChanges(body ?? '')
      return { version: await changeTranscript(deps, ctx, params.id, wanted) }
    },
  )

  app.get<ById>('/transcriptions/:id/changes', async ({ ctx, params, query }, reply) => {
    const { version, items } = await listChanges(deps, ctx, params.id, parse(listChangesQuery, query))
    const facts = items.map(({ changes: _, changedAt, ...item }) =>
      JSON.stringify({ ...item, changedAt: iso(changedAt) } satisfies Omit<Item, 'changes'>),
    )
    const changes = items.map((item) => item.changes)
    return reply.type(JSON_TYPE).send(asBuffer(await deps.texts.changeLog(version, facts, changes)))
  })
}

type Item = ListChangesReply['items'][number]
