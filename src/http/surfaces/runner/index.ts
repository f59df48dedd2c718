import type { FastifyInstance, FastifyRequest } from 'fastify'
import {
  backBody,
  beatBody,
  CLAIM_HEADER,
  type ClaimReply,
  claimBody,
  PROTOCOL_HEADER,
  partResult,
  RUNNER_PROTOCOL,
} from '../../../contract/runner.ts'
import { DomainError } from '../../../domain/errors.ts'
import {
  answerForRunner,
  backFromRunner,
  beatForRunner,
  claimedPart,
  noteRunner,
  type OfPart,
  refuse,
} from '../../../domain/runners/hear.ts'
import type { RunnerRow } from '../../../domain/runners/table.ts'
import { runnerOf } from '../../../domain/runners/tokens.ts'
import type { HttpDeps } from '../../context.ts'
import { parse } from '../../parse.ts'
import { limited } from '../../plugins/rate-limit.ts'
import { v1Errors, v1NotFound } from '../../v1/index.ts'
import { waitForParts } from './wait.ts'

interface ById {
  Params: { id: string }
}

/** No result of a part is larger. */
const RESULT_LIMIT = 1024 * 1024

/** `/api/runner`: machines of anybody's pull parts here, and say what they heard. */
export async function runner(app: FastifyInstance, deps: HttpDeps): Promise<void> {
  v1Errors(app, deps)
  v1NotFound(app)
  const runners = new WeakMap<FastifyRequest, RunnerRow>()
  const asking = (request: FastifyRequest): RunnerRow => runners.get(request)!
  app.addHook('onRequest', async (request, reply) => {
    reply.header('cache-control', 'no-store')
    // Guesses are counted by address.
    const row = await runnerOf(deps, tokenOf(request)).catch(async (cause: unknown) => {
      await limited(deps, async () => {})(request)
      throw cause
    })
    requireProtocol(request)
    runners.set(request, row)
  })

  app.post('/claims', async (request) => {
    const asked = parse(claimBody, request.body)
    const row = asking(request)
    await noteRunner(deps, row, asked)
    return { parts: await waitForParts(deps, row, asked, request.gone) } satisfies ClaimReply
  })

  app.post('/beat', async (request) => ({
    lost: await beatForRunner(deps, asking(request), parse(beatBody, request.body).claims),
  }))

  app.get<ById>('/parts/:id/sound', async (request, reply) => {
    const { storage_key } = await claimedPart(deps, asking(request), partOf(request))
    return reply.type('audio/flac').send(await deps.media.open(storage_key))
  })

  app.put<ById>('/parts/:id/result', { bodyLimit: RESULT_LIMIT }, async (request, reply) => {
    const of = partOf(request)
    await claimedPart(deps, asking(request), of)
    const result = partResult.safeParse(request.body)
    if (!result.success) {
      const issue = result.error.issues[0]!
      const fault = `${issue.path.join('.') || 'it'}: ${issue.message}`
      await refuse(deps, asking(request), of, fault)
      throw new DomainError('part.result', `The result cannot be: ${fault}.`)
    }
    await answerForRunner(deps, asking(request), of, result.data)
    return reply.code(204).send()
  })

  app.post<ById>('/parts/:id/back', async (request, reply) => {
    const of = partOf(request)
    await claimedPart(deps, asking(request), of)
    await backFromRunner(deps, of, parse(backBody, request.body).tried)
    return reply.code(204).send()
  })
}

const tokenOf = ({ headers: { authorization = '' } }: FastifyRequest): string | undefined =>
  /^Bearer (\S{1,200})$/i.exec(authorization)?.[1]

function requireProtocol({ headers }: FastifyRequest): void {
  const said = headers[PROTOCOL_HEADER]
  if (said === String(RUNNER_PROTOCOL)) return
  const older = Number(said) > RUNNER_PROTOCOL ? 'server' : 'runner'
  throw new DomainError(
    'runner.version',
    `The runner speaks version ${said ?? 'none'} of the protocol, and this server ${RUNNER_PROTOCOL}: update the ${older}.`,
    { protocol: RUNNER_PROTOCOL },
  )
}

/** @throws DomainError `part.lost` */
function partOf({ params, headers }: FastifyRequest<ById>): OfPart {
  const claim = headers[CLAIM_HEADER]
  if (typeof claim !== 'string') throw new DomainError('part.lost', `The header ${CLAIM_HEADER} is missing.`)
  return { id: params.id, claim }
}
