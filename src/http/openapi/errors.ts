/** How each surface says that something is wrong; `reasonCode` and `code` are listed in docs/errors.md. */
import { z } from 'zod'

export const errorSchemas = {
  soku: z.object({
    error: z.object({
      type: z.enum(['invalid_request_error', 'authentication_error', 'api_error']),
      code: z.string(),
      message: z.string(),
      timestamp: z.iso.datetime(),
      requestId: z.string(),
      details: z.looseObject({ reasonCode: z.string() }),
    }),
  }),
  asr: z.object({
    detail: z.union([
      z.string(),
      z.array(z.object({ type: z.string(), loc: z.array(z.string()), msg: z.string() })),
    ]),
  }),
  inference: z.object({ error: z.string() }),
  listen: z.object({ err_code: z.string(), err_msg: z.string(), request_id: z.string() }),
  soScripted: z.object({ error: z.string() }),
  openAi: z.object({
    error: z.object({
      message: z.string(),
      type: z.string(),
      param: z.string().nullable(),
      code: z.string(),
    }),
  }),
}
