/** Functions on texts, each of which may be computed elsewhere. Their arguments and results can be cloned. */
// biome-ignore lint/suspicious/noExplicitAny: of any arguments
export type Work = Record<string, (...args: any[]) => unknown>

/** The same functions, from another thread. What they throw as DomainError is thrown as that. */
export type Elsewhere<W extends Work> = {
  [Name in keyof W]: (...args: Parameters<W[Name]>) => Promise<Awaited<ReturnType<W[Name]>>>
}

export interface OnBehalfOf {
  /** What is asked for in `run`, and in what follows from it, takes its turn with what this account has asked for. */
  onBehalfOf<T>(account: () => string, run: () => T): T
}
