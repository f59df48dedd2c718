/** Which half of the work a worker does. */
export const WORKER_ROLES = ['all', 'fetch', 'recognise'] as const
/** `fetch`: downloads, decodes and hands over parts. `recognise`: transcribes parts that others hand over. */
export type WorkerRole = (typeof WORKER_ROLES)[number]

export const fetches = (role: WorkerRole): boolean => role !== 'recognise'
export const recognises = (role: WorkerRole): boolean => role !== 'fetch'
