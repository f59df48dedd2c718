/**
 * What is computed from a whole transcript. Of a long recording, or a text that somebody made long, that takes up to
 * seconds, in which nobody else would be answered: so all of it is here, from texts to texts or bytes, to be computed in
 * another thread (`adapters/thread`). Transcripts come as they are stored.
 */
import type { ListChangesReply } from '../contract/edits.ts'
import type { ExportOptions } from '../contract/formats.ts'
import type { LibraryItemReply } from '../contract/soscripted.ts'
import type { Task, TranscriptionRow } from '../domain/tables.ts'
import { EDITING } from '../domain/transcriptions/editing.ts'
import type { Change } from '../domain/transcripts/changes.ts'
import { type Format, type RenderOptions, render } from '../domain/transcripts/formats.ts'
import { findHits, type Hits } from '../domain/transcripts/hits.ts'
import { spoken } from '../domain/transcripts/spoken.ts'
import type { Transcript } from '../ports/transcript.ts'
import { readChanges, readEdit } from './read-edits.ts'
import { present as presentAsr } from './surfaces/asr/present.ts'
import type { AsrQuery } from './surfaces/asr/query.ts'
import type { InferenceFields } from './surfaces/inference/fields.ts'
import { present as presentInference } from './surfaces/inference/present.ts'
import type { AudioFields } from './surfaces/openai/fields.ts'
import { present } from './surfaces/openai/present.ts'
import { segmentReply, transcriptReply } from './transcript-reply.ts'

export const TEXT_WORK = {
  ...EDITING,
  readEdit,
  readChanges,

  /** As JSON. @param words false: without their times */
  reply: (stored: string, words: boolean): Uint8Array =>
    encoded(JSON.stringify(transcriptReply(read(stored), words))),

  /** What became of a transcript, as JSON. @param facts of each version, as JSON @param changes of each, as they are stored */
  changeLog: (version: number, facts: readonly string[], changes: readonly string[]): Uint8Array => {
    const items = facts.map((fact, k) => {
      const changed = (JSON.parse(changes[k]!) as Change[]).map(({ at, remove, insert }) => ({
        at,
        remove,
        insert: insert.map((segment) => segmentReply(segment)),
      }))
      return { ...(JSON.parse(fact) as Omit<ListChangesReply['items'][number], 'changes'>), changes: changed }
    })
    return encoded(JSON.stringify({ version, items } satisfies ListChangesReply))
  },

  /** As SoScripted's `caption`: as JSON. */
  caption: (stored: string): Uint8Array => {
    const { text, segments } = read(stored)
    const timed = segments.map(({ start, end, text }) => ({ start, end, text }))
    return encoded(JSON.stringify({ text, segments: timed } satisfies LibraryItemReply['caption']))
  },

  /** What is said in a part of it, its paragraphs apart. @param from, to seconds */
  spoken: (stored: string, from: number, to: number): string => spoken(read(stored).segments, from, to),

  /** As a file to keep. */
  file: (stored: string, format: Format, words: boolean, options: RenderOptions = {}): Uint8Array =>
    encoded(render(transcriptReply(read(stored), words), format, options)),

  /** As a document for Word. What makes it takes a fifth of a second to load. */
  async docx(
    stored: string,
    title: string,
    words: boolean,
    options: ExportOptions = {},
  ): Promise<Uint8Array> {
    const { renderDocx } = await import('../domain/transcripts/docx.ts')
    return renderDocx(transcriptReply(read(stored), words), title, options)
  },

  /** The answer of OpenAI's API. @throws DomainError with the code that the transcription failed with */
  openai(row: TranscriptionRow, fields: AudioFields, task: Task): { contentType: string; body: string } {
    const { contentType, body } = present(row, fields, task)
    return { contentType, body: typeof body === 'string' ? body : JSON.stringify(body) }
  },

  /** The answer of whisper-asr-webservice. @throws DomainError as above */
  asr: (row: TranscriptionRow, query: AsrQuery): string => presentAsr(row, query),

  /** The answer of whisper.cpp's server. @throws DomainError as above */
  inference(row: TranscriptionRow, fields: InferenceFields): { contentType: string; body: string } {
    const { contentType, body } = presentInference(row, fields)
    return { contentType, body: typeof body === 'string' ? body : JSON.stringify(body) }
  },

  /** The places where words occur. */
  hits: (stored: string, words: readonly string[], most: number): Hits =>
    findHits(read(stored).segments, words, most),
}

/** As it goes to the network: of 24 MB, text would take a tenth of a second to copy and to encode where it is sent. */
const encoded = (text: string): Uint8Array => new TextEncoder().encode(text)

const read = (stored: string): Transcript => JSON.parse(stored) as Transcript
