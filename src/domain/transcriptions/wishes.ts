/** A request's wishes as the columns of its row, and as what makes two requests the same. */
import { type Wishes, wishes } from '../../contract/wishes.ts'
import type { TranscriptionRow } from '../tables.ts'

export type { Wishes } from '../../contract/wishes.ts'

/** What is taken where nothing is said: saying it makes no other request. */
const DEFAULTS: Partial<Wishes> = {
  task: 'transcribe',
  mode: 'speech',
  diarize: false,
  channels: 'mix',
  languageOnly: false,
}

type WishColumns = Pick<
  TranscriptionRow,
  'language' | 'model' | 'mode' | 'task' | 'prompt' | 'diarize' | 'wishes'
>

/** Those that queries go by, or that older versions stored, have columns of their own; all others are JSON. */
export function wishColumns({
  language,
  model,
  mode,
  task,
  prompt,
  diarize,
  ...others
}: Wishes): WishColumns {
  const rest = said(others)
  return {
    language: language ?? null,
    model: model ?? null,
    mode: mode ?? 'speech',
    task: task ?? 'transcribe',
    prompt: prompt ?? null,
    diarize: diarize ? 1 : 0,
    wishes: Object.keys(rest).length > 0 ? JSON.stringify(rest) : null,
  }
}

export const wishesOf = (row: WishColumns): Wishes =>
  said({
    ...(row.wishes !== null && (JSON.parse(row.wishes) as Wishes)),
    language: row.language ?? undefined,
    model: row.model ?? undefined,
    mode: row.mode,
    task: row.task,
    prompt: row.prompt ?? undefined,
    diarize: row.diarize === 1,
  })

/** Equal for two wishes that ask for the same text. */
export const wishesKey = (asked: Wishes): unknown[] =>
  Object.keys(wishes.shape)
    .sort()
    .flatMap((name) => {
      const value = said(asked)[name as keyof Wishes]
      return value === undefined ? [] : [[name, value]]
    })

/** Without what is not wished for. */
function said(asked: Wishes): Wishes {
  const kept = Object.entries(asked).filter(([name, value]) => {
    if (Array.isArray(value)) return value.length > 0
    return value !== undefined && value !== DEFAULTS[name as keyof Wishes]
  })
  return Object.fromEntries(kept) as Wishes
}
