import { newRunnerBody, newRunnerReply, operatorRunners } from '../../contract/operator.ts'
import {
  backBody,
  beatBody,
  beatReply,
  CLAIM_HEADER,
  claimBody,
  claimReply,
  PROTOCOL_HEADER,
  partResult,
  RUNNER_PROTOCOL,
} from '../../contract/runner.ts'
import { BYTES, created, type Header, json, nothing, type Operation, ok } from './operation.ts'

const protocol: Record<string, Header> = {
  [PROTOCOL_HEADER]: {
    description: `The protocol’s version, ${RUNNER_PROTOCOL}; others are refused with 426.`,
    required: true,
  },
}
const ofClaim: Record<string, Header> = {
  ...protocol,
  [CLAIM_HEADER]: { description: 'The `claim` that came with the part.', required: true },
}
const runner = { tag: 'Runners', errors: 'Soku', security: ['runner'], headers: protocol } as const
const ofPart = { ...runner, headers: ofClaim }

/** What `earshot runner` asks. */
export const runnerOperations: Operation[] = [
  {
    ...runner,
    method: 'post',
    path: '/api/runner/claims',
    summary: 'Claim parts',
    description: 'Waits up to `waitSeconds` for parts. A claim lasts 15 seconds; every beat renews it.',
    body: json(claimBody),
    replies: ok(claimReply),
  },
  {
    ...runner,
    method: 'post',
    path: '/api/runner/beat',
    summary: 'Keep claims',
    description: 'Renews the claims of parts in progress; the answer names those that are lost.',
    body: json(beatBody),
    replies: ok(beatReply),
  },
  {
    ...ofPart,
    method: 'get',
    path: '/api/runner/parts/{id}/sound',
    summary: 'Get the sound of a part',
    description: 'FLAC, 16 kHz, mono.',
    replies: { 200: { description: 'The sound.', content: { 'audio/flac': BYTES } } },
  },
  {
    ...ofPart,
    method: 'put',
    path: '/api/runner/parts/{id}/result',
    summary: 'Send the result of a part',
    description:
      'An impossible result (times outside the part or out of order, more text than anybody can say) is refused with 422: the part goes to others, and the runner gets none for a minute.',
    body: json(partResult),
    replies: nothing,
  },
  {
    ...ofPart,
    method: 'post',
    path: '/api/runner/parts/{id}/back',
    summary: 'Give a part back',
    description:
      'It goes to others. `tried`: the runner could not transcribe this part, rather than having no time for it.',
    body: json(backBody),
    replies: nothing,
  },
]

const operator = { tag: 'Operator', errors: 'Soku', security: ['session'] } as const

/** Who may be one. */
export const operatorRunnerOperations: Operation[] = [
  {
    ...operator,
    method: 'get',
    path: '/api/dashboard/operator/runners',
    summary: 'List runners',
    description:
      'Those with a valid token: what they may transcribe, how fast they are, and when they were last seen.',
    replies: ok(operatorRunners),
  },
  {
    ...operator,
    method: 'post',
    path: '/api/dashboard/operator/runners',
    summary: 'Create a runner’s token',
    description: 'For all models and accounts, or only for those named. The token is shown once.',
    body: json(newRunnerBody),
    replies: created(newRunnerReply),
  },
  {
    ...operator,
    method: 'delete',
    path: '/api/dashboard/operator/runners/{id}',
    summary: 'Revoke a runner’s token',
    description: 'Takes effect at once; the parts that the runner has in progress go to others.',
    replies: nothing,
  },
]
