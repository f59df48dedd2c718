/** Somebody else ended it: the kernel for want of memory, an operator, a shutdown. Nothing is known of what it read. */
export class ToolKilled extends Error {
  constructor(tool: string, how: string) {
    super(`${tool} was killed from outside (${how})`)
    this.name = 'ToolKilled'
  }
}

/** Signals that come from outside. Others (SIGSEGV, SIGABRT, SIGXCPU…) are what the input made of the program. */
const FROM_OUTSIDE = new Set<NodeJS.Signals>(['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT'])

export const isFromOutside = (signal: NodeJS.Signals | null): signal is NodeJS.Signals =>
  signal !== null && FROM_OUTSIDE.has(signal)
