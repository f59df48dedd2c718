/** Bodies of edits, read from the text that came: a long one takes seconds, which is for another thread. */
import { changeTranscriptBody, editTranscriptionBody } from '../contract/edits.ts'
import { DomainError } from '../domain/errors.ts'
import type { ChangeTranscript } from '../domain/transcriptions/change.ts'
import type { EditTranscription } from '../domain/transcriptions/edit.ts'
import { parse } from './parse.ts'
import { requireStorable } from './plugins/storable-input.ts'

/** @throws DomainError `request.invalid` */
export function readEdit(body: string): EditTranscription {
  const { segments, ...rest } = parse(editTranscriptionBody, readJson(body))
  return { ...rest, ...(segments && { segments: JSON.stringify(segments) }) }
}

/** @throws DomainError `request.invalid` */
export function readChanges(body: string): ChangeTranscript {
  const { changes, ...rest } = parse(changeTranscriptBody, readJson(body))
  return { ...rest, changes: JSON.stringify(changes) }
}

/** Undefined: there is no body. */
function readJson(body: string): unknown {
  if (body === '') return undefined
  let value: unknown
  try {
    value = JSON.parse(body)
  } catch (cause) {
    const details = { field: 'body', reason: 'malformed' }
    throw new DomainError('request.invalid', 'The body is not valid JSON.', details, { cause })
  }
  requireStorable(value)
  return value
}
