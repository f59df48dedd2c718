import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type SpeakerRun, type SpeakersReply, tellSpeakersBody } from '../../../../contract/speakers.ts'
import { latestRun } from '../../../../domain/runs/read.ts'
import { askForSpeakers } from '../../../../domain/speaker-runs/ask.ts'
import type { SpeakerRunRow } from '../../../../domain/speaker-runs/tables.ts'
import { requireDiarizer } from '../../../able.ts'
import type { HttpDeps } from '../../../context.ts'
import { parse } from '../../../parse.ts'
import { executeOnce, idempotent } from '../../../plugins/idempotency.ts'
import { iso, isoOrNull } from '../present.ts'

interface ById {
  Params: { id: string }
}

/** `/v1/transcriptions/{id}/speakers`: who speaks, told apart anew, without recognising anew. */
export function speakers(app: FastifyInstance, deps: HttpDeps): void {
  async function begin({ ctx, params, body }: FastifyRequest<ById>): Promise<SpeakerRunRow> {
    const { speakers } = parse(tellSpeakersBody, body ?? {})
    await requireDiarizer(deps)
    return askForSpeakers(deps, ctx, params.id, speakers === 'auto' ? null : speakers)
  }
  const latest = ({ ctx, params }: FastifyRequest<ById>): Promise<SpeakerRunRow | undefined> =>
    latestRun(deps, ctx, 'speaker_runs', params.id)

  app.post<ById>('/transcriptions/:id/speakers', { preHandler: idempotent(deps) }, (request, reply) =>
    executeOnce(deps, request, reply, async (made): Promise<SpeakersReply> => {
      const run = made === null ? await begin(request) : await latest(request)
      void reply.code(202)
      return { run: present(run) }
    }),
  )

  app.get<ById>(
    '/transcriptions/:id/speakers',
    async (request): Promise<SpeakersReply> => ({ run: present(await latest(request)) }),
  )
}

const present = (row: SpeakerRunRow | undefined): SpeakerRun | null =>
  row
    ? {
        state: row.state,
        pct: row.pct,
        speakers: row.speakers ?? 'auto',
        found: row.found,
        version: row.version,
        error: row.error_code === null ? null : { code: row.error_code, message: row.error_message ?? '' },
        createdAt: iso(row.created_at),
        finishedAt: isoOrNull(row.finished_at),
      }
    : null
