import { goBehindServer } from '../../../processes/priority.ts'

/**
 * The child's side of `startChild`: hands on the parent's messages and makes sure that this process never
 * outlives it.
 *
 * Signals of the terminal or of an init system reach the whole process group. They are the server's to act
 * on: it drains first, and its end closes our channel.
 */
export function serveParent(onMessage: (message: unknown) => void): void {
  process.on('SIGINT', () => {})
  process.on('SIGTERM', () => {})
  // Not process.exit(): it would run the destructors of a library that may be computing on another thread.
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))
  goBehindServer()
  process.on('message', onMessage)
}

export function tellParent(message: object): void {
  process.send?.(message, undefined, {}, () => {})
}
