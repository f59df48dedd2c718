/** An example for every operation that a program may ask. A test holds the table against the operations, and runs it. */
import type { Operation } from '../../../src/http/openapi/operation.ts'
import type { Example } from '../example.ts'
import { accountExamples } from './account.ts'
import { batchExamples } from './batches.ts'
import { compatibleExamples, operationExamples } from './compatible.ts'
import { nativeExamples } from './native.ts'
import { postExamples } from './posts.ts'
import { subscriptionExamples } from './subscriptions.ts'

const EXAMPLES: Record<string, Example> = {
  ...nativeExamples,
  ...batchExamples,
  ...subscriptionExamples,
  ...postExamples,
  ...accountExamples,
  ...compatibleExamples,
  ...operationExamples,
}

const RUNNER = 'The command `earshot runner` speaks it, with a token of its own; see the page “Operating”.'
/** What has no example here, and why. */
export const WITHOUT: Record<string, string> = {
  'POST /api/runner/claims': RUNNER,
  'POST /api/runner/beat': RUNNER,
  'GET /api/runner/parts/{id}/sound': RUNNER,
  'PUT /api/runner/parts/{id}/result': RUNNER,
  'POST /api/runner/parts/{id}/back': RUNNER,
  'POST /v1/payments/webhook':
    'Stripe sends these requests, and signs them; money.md says how to set that up.',
}

export const nameOf = ({ method, path }: Operation): string => `${method.toUpperCase()} ${path}`

export const exampleOf = (operation: Operation): Example | undefined => EXAMPLES[nameOf(operation)]

/** What the reference shows: not the dashboard's own server side, which changes with the dashboard. */
export const isForPrograms = ({ path }: Pick<Operation, 'path'>): boolean =>
  !path.startsWith('/api/dashboard')

/** Examples of what there is not, and operations that lack one. */
export function unmatched(operations: readonly Operation[]): string[] {
  const shown = operations.filter((each) => isForPrograms(each))
  const names = new Set(shown.map(nameOf))
  return [
    ...[...names]
      .filter((name) => !EXAMPLES[name] && !WITHOUT[name])
      .map((name) => `${name} has no example: add one to scripts/reference/examples`),
    ...[...Object.keys(EXAMPLES), ...Object.keys(WITHOUT)]
      .filter((name) => !names.has(name))
      .map((name) => `scripts/reference/examples has ${name}, which is no operation`),
  ]
}
