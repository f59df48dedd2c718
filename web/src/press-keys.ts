/** An `Idempotency-Key` for each press of a button, the same where what was pressed got no answer and is pressed again. */
import { randomId } from './random-id.ts'

/** More than anybody leaves unanswered at once. */
const MOST = 20

export interface Press {
  key: string
  /** Nobody knows what became of it. */
  unanswered(): void
}

export function pressKeys(): { press(asked: string): Press } {
  const open = new Map<string, string>()
  return {
    /** @param asked what is sent, and where to */
    press(asked) {
      const key = open.get(asked) ?? randomId()
      // Taken out meanwhile: the same asked for twice at once is meant twice.
      open.delete(asked)
      return {
        key,
        unanswered() {
          open.set(asked, key)
          for (const oldest of open.keys()) {
            if (open.size <= MOST) break
            open.delete(oldest)
          }
        },
      }
    },
  }
}
