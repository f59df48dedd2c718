import type { ErrorCode } from '../../domain/errors.ts'

export interface Call {
  id: number
  name: string
  args: readonly unknown[]
}

export type Answer =
  | { id: number; value: unknown }
  | { id: number; refused: { code: ErrorCode; message: string; details: Record<string, unknown> } }
  | { id: number; failed: string }
