import { setImmediate as turn } from 'node:timers/promises'
import { z } from 'zod'
import { createBatchBody, MOST_ITEMS } from '../../../contract/batches.ts'
import { createTranscriptionBody } from '../../../contract/native.ts'
import { tellsSpeakers, type Wishes, wishes } from '../../../contract/wishes.ts'
import type { NewBatch, NewItem } from '../../../domain/batches/create.ts'
import { DomainError } from '../../../domain/errors.ts'
import { requireAble } from '../../able.ts'
import type { HttpDeps } from '../../context.ts'
import { parse } from '../../parse.ts'

/** Ten thousand items are read some at a time, so that others are answered in between. */
const AT_ONCE = 200

const outline = createBatchBody.extend({ items: z.array(z.unknown()).min(1).max(MOST_ITEMS) })
const named = z.object({ customId: z.string().min(1).max(200).optional() })

/**
 * The body of `POST /v1/batches`. An item is held against the schema of a single transcription, with what is wished
 * for all of them; whether its link or file can be had is seen when its turn comes.
 * @throws DomainError `request.invalid`, `model.*`, naming the item
 */
export async function readBatch(deps: HttpDeps, body: unknown): Promise<Omit<NewBatch, 'surface'>> {
  const { name, items: asked, ...common } = parse(outline, body)
  const able = rememberingAble(deps)
  const items: NewItem[] = []
  for (const [k, item] of asked.entries()) {
    if (k % AT_ONCE === AT_ONCE - 1) await turn()
    items.push(
      await readItem(item, common, able).catch((cause: unknown) => {
        throw ofItem(cause, k)
      }),
    )
  }
  // Of one that has no wishes of its own.
  const model = items.every((item) => item.wishes) ? common.model : (await able(common, false)).model
  return { name, wishes: { ...common, model }, items }
}

type Able = (asked: Wishes, spoken: boolean) => Promise<Wishes>

async function readItem(item: unknown, common: Wishes, able: Able): Promise<NewItem> {
  const fields = typeof item === 'string' ? { url: item } : item
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields))
    throw new DomainError('request.invalid', 'must be a link, or an object with url or mediaId.', {
      field: '',
      reason: 'invalid',
    })
  const { customId, ...own } = fields as Record<string, unknown>
  const id = parse(named, { customId }).customId
  const { url, mediaId, title, ...asked } = parse(createTranscriptionBody, { ...common, ...own })
  // Captions may be in any language.
  const resolved = await able(asked, mediaId !== undefined || asked.mode === 'speech')
  const differs = Object.keys(own).some((field) => field in wishes.shape)
  return { customId: id, url, mediaId, title, wishes: differs ? resolved : undefined }
}

/** Asks what engines can do once for all items that ask for the same of them. */
function rememberingAble(deps: HttpDeps): Able {
  const asked = new Map<string, Promise<string | undefined>>()
  return async (all, spoken) => {
    const { model, task, vad } = all
    const language = spoken ? all.language : undefined
    const key = JSON.stringify([model, task, language, tellsSpeakers(all), vad !== undefined])
    let known = asked.get(key)
    if (!known) {
      known = requireAble(deps, { ...all, language }).then((able) => able.model)
      asked.set(key, known)
    }
    return { ...all, model: await known }
  }
}

function ofItem(cause: unknown, k: number): unknown {
  if (!(cause instanceof DomainError)) return cause
  const { field } = cause.details
  return new DomainError(
    cause.code,
    `items.${k}: ${cause.message}`,
    {
      ...cause.details,
      field: typeof field === 'string' && field !== '' ? `items.${k}.${field}` : `items.${k}`,
    },
    { cause },
  )
}
