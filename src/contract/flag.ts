import { z } from 'zod'

/** A switch in a query of our own API. */
export const flag = z.enum(['true', 'false', '1', '0']).transform((text) => text === 'true' || text === '1')
