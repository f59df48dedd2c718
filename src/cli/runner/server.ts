/** What a runner asks its server. */
import type { z } from 'zod'
import {
  beatReply,
  CLAIM_HEADER,
  type ClaimBody,
  type ClaimedPartReply,
  claimReply,
  type PartResult,
  PROTOCOL_HEADER,
  RUNNER_PROTOCOL,
} from '../../contract/runner.ts'

/** What any request may take, on top of what it is asked to wait. */
const PATIENCE_MS = 30_000

/** The server said no, and would again. */
export class Refused extends Error {
  override readonly name = 'Refused'
}

/** The part is others' by now, or nobody wants it. */
export class PartLost extends Error {
  override readonly name = 'PartLost'
}

export interface RunnerServer {
  /** @throws Refused, or why it cannot be reached */
  claims(body: ClaimBody, signal: AbortSignal): Promise<ClaimedPartReply[]>
  /** The claims that are gone. */
  beat(claims: readonly string[]): Promise<string[]>
  /** FLAC. @throws PartLost */
  sound(part: ClaimedPartReply, signal: AbortSignal): Promise<Uint8Array>
  /** @throws PartLost, Refused */
  result(part: ClaimedPartReply, result: PartResult): Promise<void>
  back(part: ClaimedPartReply, tried: boolean): Promise<void>
}

export function runnerServer(url: string, token: string): RunnerServer {
  const base = `${url.replace(/\/+$/, '')}/api/runner`

  async function ask(
    path: string,
    init: RequestInit & { claim?: string; waitMs?: number } = {},
  ): Promise<Response> {
    const { claim, waitMs = 0, signal, ...rest } = init
    const late = AbortSignal.timeout(waitMs + PATIENCE_MS)
    const response = await fetch(`${base}${path}`, {
      ...rest,
      redirect: 'error',
      headers: {
        authorization: `Bearer ${token}`,
        [PROTOCOL_HEADER]: String(RUNNER_PROTOCOL),
        ...(claim !== undefined && { [CLAIM_HEADER]: claim }),
        ...(rest.body !== undefined && { 'content-type': 'application/json' }),
      },
      signal: signal ? AbortSignal.any([late, signal]) : late,
    })
    if (response.ok) return response
    const message = messageIn(await response.text())
    if (response.status === 409) throw new PartLost(message)
    if (isFinal(response.status)) throw new Refused(message)
    throw new Error(`the server answers ${response.status}: ${message}`)
  }

  const asJson = (method: string, body: unknown): RequestInit => ({ method, body: JSON.stringify(body) })
  const read = async <S extends z.ZodType>(schema: S, response: Response): Promise<z.output<S>> =>
    schema.parse(await response.json())
  const of = ({ id }: ClaimedPartReply, what: string): string => `/parts/${encodeURIComponent(id)}/${what}`

  return {
    async claims(body, signal) {
      const waitMs = body.waitSeconds * 1000
      return (await read(claimReply, await ask('/claims', { ...asJson('POST', body), signal, waitMs }))).parts
    },
    beat: async (claims) => (await read(beatReply, await ask('/beat', asJson('POST', { claims })))).lost,
    async sound(part, signal) {
      const response = await ask(of(part, 'sound'), { claim: part.claim, signal })
      return new Uint8Array(await response.arrayBuffer())
    },
    async result(part, result) {
      await ask(of(part, 'result'), { ...asJson('PUT', result), claim: part.claim })
    },
    async back(part, tried) {
      await ask(of(part, 'back'), { ...asJson('POST', { tried }), claim: part.claim })
    },
  }
}

/** Its token, its version, or what it said: the same again is refused again. */
const isFinal = (status: number): boolean => [400, 401, 403, 404, 405, 413, 422, 426].includes(status)

function messageIn(body: string): string {
  try {
    return (JSON.parse(body) as { error: { message: string } }).error.message
  } catch {
    return body.slice(0, 200).trim() || 'nothing'
  }
}
