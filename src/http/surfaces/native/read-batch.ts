import { setImmediate as turn } from 'node:timers/promises'
import { z } from 'zod'
import { MOST_ITEMS, USUAL_LIMIT } from '../../../contract/batch-limits.ts'
import { createBatchBody, customId } from '../../../contract/batches.ts'
import { createTranscriptionBody, LONGEST_TITLE } from '../../../contract/native.ts'
import { tellsSpeakers, type Wishes, wishes } from '../../../contract/wishes.ts'
import type { NewBatch } from '../../../domain/batches/create.ts'
import { listSource } from '../../../domain/batches/list-source.ts'
import type { NewItem } from '../../../domain/batches/new-item.ts'
import { DomainError } from '../../../domain/errors.ts'
import { requireAble } from '../../able.ts'
import type { HttpDeps } from '../../context.ts'
import { parse } from '../../parse.ts'

/** Ten thousand items are read some at a time, so that others are answered in between. */
const AT_ONCE = 200

const outline = z
  .strictObject({ ...createBatchBody.shape, items: z.array(z.unknown()).min(1).max(MOST_ITEMS).optional() })
  .refine(({ items, url }) => (items === undefined) !== (url === undefined), {
    message: 'Give either items or url.',
    path: ['items'],
  })
  .refine(({ limit, url }) => limit === undefined || url !== undefined, {
    message: 'It goes with url.',
    path: ['limit'],
  })

export interface AskedBatch extends Omit<NewBatch, 'surface'> {
  /** The list has more than was asked for. */
  more: boolean
}

const named = z.object({ customId })

/**
 * The body of `POST /v1/batches`. An item is held against the schema of a single transcription, with what is wished
 * for all of them; whether its link or file can be had is seen when its turn comes.
 * @throws DomainError `request.invalid`, `model.*`, naming the item
 */
export async function readBatch(deps: HttpDeps, body: unknown, gone: AbortSignal): Promise<AskedBatch> {
  const { name, url, limit = USUAL_LIMIT, items: given, ...common } = parse(outline, body)
  const listing = url === undefined ? undefined : await listSource(deps, url, limit, gone)
  const asked = given ?? listing?.items.map(({ url, title }) => ({ url, ...titled(title) })) ?? []
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
  for (const [k, { seconds }] of listing?.items.entries() ?? []) items[k] = { ...items[k], seconds }
  const source = listing && url !== undefined ? { url, title: listing.title } : undefined
  return {
    name: name ?? listing?.title?.slice(0, LONGEST_TITLE) ?? undefined,
    source,
    more: listing?.more ?? false,
    wishes: { ...common, model },
    items,
  }
}

function titled(title: string | null): { title?: string } {
  const text = title?.trim().slice(0, LONGEST_TITLE).trim()
  return text ? { title: text } : {}
}

type Able = (asked: Wishes, spoken: boolean) => Promise<Wishes>

async function readItem(item: unknown, common: Wishes, able: Able): Promise<NewItem> {
  const fields = typeof item === 'string' ? { url: item } : item
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields))
    throw new DomainError('request.invalid', 'must be a link, or an object with url or mediaId.', {
      field: '',
      reason: 'invalid',
    })
  const { customId: called, ...own } = fields as Record<string, unknown>
  const { customId: id } = parse(named, { customId: called })
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
