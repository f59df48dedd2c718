import type { TranscriptionRow } from '../domain/tables.ts'

/**
 * How a result was made, for surfaces whose answers have no place for it: which model heard it, and what a client
 * would not expect: that it was only the stand-in, or that an earlier result answered.
 */
export const madeBy = ({
  model_used,
  stand_in,
  reused,
}: Pick<TranscriptionRow, 'model_used' | 'stand_in' | 'reused'>): Record<string, string> => ({
  ...(model_used !== null && { 'earshot-model': encodeURI(model_used) }),
  ...(stand_in === 1 && { 'earshot-stand-in': 'true' }),
  ...(reused === 1 && { 'earshot-reused': 'true' }),
})
