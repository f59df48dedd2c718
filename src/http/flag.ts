import { z } from 'zod'

/** A yes or no as queries and forms of other tools write it. */
export const flag = z
  .stringbool({ truthy: ['true', '1', 'yes', 'on'], falsy: ['false', '0', 'no', 'off', ''] })
  .default(false)
