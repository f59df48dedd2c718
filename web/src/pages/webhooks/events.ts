import type { EVENT_TYPES } from '../../../../src/contract/webhooks.ts'
import { locale, translator } from '../../i18n/catalogue.ts'

export type EventType = (typeof EVENT_TYPES)[number]

// The contract’s own list would bring all of its schemas.
export const EVENTS = Object.keys({
  'transcription.succeeded': true,
  'transcription.failed': true,
  'transcription.cancelled': true,
  'batch.completed': true,
  'batch.cancelled': true,
  'post.published': true,
  'post.failed': true,
  'subscription.found': true,
  'subscription.failed': true,
} satisfies Record<EventType, true>) as EventType[]

/** “A transcription is ready” */
export const eventWords = (type: EventType): string => translator('webhooks')(`events.${keyOf(type)}`)

/** In the middle of a sentence. */
export function eventInside(type: EventType): string {
  const words = eventWords(type)
  return words.charAt(0).toLocaleLowerCase(locale()) + words.slice(1)
}

type Key<Type extends string> = Type extends `${infer What}.${infer Happened}` ? `${What}_${Happened}` : never

/** A dot in a key would be a step into it. */
const keyOf = (type: EventType) => type.replace('.', '_') as Key<EventType>
