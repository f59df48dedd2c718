import type { FastifyInstance, FastifyRequest } from 'fastify'
import { DomainError } from '../../../domain/errors.ts'
import type { StoredMedia } from '../../../domain/media/store.ts'
import { requireAble } from '../../able.ts'
import type { HttpDeps } from '../../context.ts'
import { type FormField, isForm, readForm } from '../../form.ts'
import { beginFile, heard } from '../../hear.ts'
import { madeBy } from '../../made-by.ts'
import { createClaim, requireKey } from '../../plugins/idempotency.ts'
import { roomToArrive } from '../../plugins/queue-room.ts'
import { identityOf, libraryTaker } from '../../receive-media.ts'
import { readFields, wishesIn } from './fields.ts'

/** The form has some forty short fields. */
const FIELD_LIMITS = { fields: 100, field: 16 * 1024, allFields: 64 * 1024 }

/** Waits as long as its client does, as whisper.cpp's server does. */
export function transcribe(app: FastifyInstance, deps: HttpDeps): void {
  const claim = createClaim(deps)
  app.post('/inference', { preHandler: [requireKey, roomToArrive(deps)] }, async (request, reply) => {
    const library = libraryTaker(deps, request)
    const { sent, file } = await receive(deps, request, library)
    const { fields, wishes } = await understood(deps, sent).catch(async (cause: unknown) => {
      await library.drop(file)
      throw cause
    })
    const content = { fields, file: identityOf(file) }
    const begin = () => beginFile(deps, request, { surface: 'inference', file, wishes })
    const row = await heard(deps, request, reply, { claim, content, file, begin })
    if (!row) return reply
    const { contentType, body } = await deps.texts.inference(row, fields)
    return reply.headers(madeBy(row)).type(contentType).send(body)
  })
}

async function receive(
  deps: HttpDeps,
  request: FastifyRequest,
  library: ReturnType<typeof libraryTaker>,
): Promise<{ sent: FormField[]; file: StoredMedia }> {
  const limits = { ...FIELD_LIMITS, file: deps.policy.maxUploadBytes }
  const form = isForm(request) ? await readForm(request, limits, library) : undefined
  if (form?.file) return { sent: form.fields, file: form.file }
  throw new DomainError('request.invalid', 'no ‘file’ field in the request', {
    field: 'file',
    reason: 'required',
  })
}

async function understood(deps: HttpDeps, sent: readonly FormField[]) {
  const fields = readFields(sent)
  return { fields, wishes: await requireAble(deps, wishesIn(fields)) }
}
