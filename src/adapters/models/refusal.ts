import { ModelError } from '../../ports/model-library.ts'
import type { SourceAnswer } from './source.ts'

/** The source does not give it, or does not answer: another way to the same model may be tried. */
export class SourceError extends ModelError {}

/** Nothing will change by asking again, except for a server in trouble. */
export const isTrouble = (status: number): boolean => status === 429 || status >= 500

/** Why there was no answer: what failed, and what that came from. */
export function reasonOf(error: unknown): string {
  const { message, cause } = error as Error
  return cause instanceof Error && cause.message ? `${message}: ${cause.message}` : message
}

const TOKEN = 'EARSHOT_HUB_TOKEN or --token'

/** What the hub's refusal means. It hides from strangers whether a private repository exists. */
export function refusal(
  host: string,
  path: string,
  { status, fault }: Pick<SourceAnswer, 'status' | 'fault'>,
): SourceError {
  const repository = repositoryIn(path)
  const of = repository ? `the repository ${repository}` : path
  if (fault === 'GatedRepo')
    return new SourceError(
      `${of} on ${host} is gated: accept its licence on ${host}/${repository}, and give a token of that account ` +
        `(${TOKEN})`,
    )
  if (fault === 'RevisionNotFound')
    return new SourceError(`${host} does not have this revision: ${path} (status ${status})`)
  if (status === 401 || status === 403)
    return new SourceError(
      `${host} does not give ${path} (status ${status}): there is no such repository, or it needs a token that ` +
        `may read it (${TOKEN})`,
    )
  return new SourceError(`${host} does not have ${path} (status ${status})`)
}

/** `owner/name` out of `owner/name/resolve/…` or `api/models/owner/name/…`. */
const repositoryIn = (path: string): string | undefined =>
  /^(?:api\/models\/)?([\w.-]+\/[\w.-]+)\/(?:resolve|revision)\//.exec(path)?.[1]
