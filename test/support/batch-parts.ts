/** What a process of `batch-host.ts` does with a part: these are first samples that mean something to it. */
export const KILLS = 1000
export const REFUSED = 1001
export const WAITS = 1002

export interface BatchConfig {
  /** A file that is made when a part that waits is begun, and the one that it waits for. */
  begun: string
  goOn: string
}
