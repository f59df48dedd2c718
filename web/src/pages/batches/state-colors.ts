import type { BatchState } from '../../../../src/contract/batches.ts'

export const BATCH_COLORS: Record<BatchState, string> = {
  running: 'sea',
  cancelling: 'orange',
  completed: 'gray',
  cancelled: 'gray',
}
