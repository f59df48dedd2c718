const FIRST_MS = 1_000
const MOST_MS = 30_000

/** How long to wait before the next try: longer each time, up to half a minute. @param failures in a row, from 1 */
export const retryDelay = (failures: number): number => Math.min(MOST_MS, FIRST_MS * 2 ** (failures - 1))

/**
 * Whether the same request may well succeed later. Undefined: there was no answer, as when the network is
 * cut. 409 and 423: the server still holds on to the broken connection.
 */
export const worthRetrying = (status: number | undefined): boolean =>
  status === undefined || status === 0 || status >= 500 || [408, 409, 423, 425, 429].includes(status)
