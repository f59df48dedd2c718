import { createHash } from 'node:crypto'
import type { Deps } from '../../../domain/context.ts'
import type { TranscriptionRow } from '../../../domain/tables.ts'
import { transcriptOf } from '../../../domain/transcriptions/get.ts'
import { joined } from '../../../domain/transcripts/join-text.ts'
import { type SegmentParagraph, segmentParagraphs } from '../../../domain/transcripts/paragraphs.ts'
import { speakerNumber } from '../../../domain/transcripts/speaker-label.ts'
import type { Segment } from '../../../ports/transcript.ts'
import { detects, type ListenQuery, warningsOf } from './query.ts'
import { bare, confidenceOf, type ListenWord, utterancesOf, wordsOf } from './words.ts'

/** @throws DomainError with the code that it failed with */
export async function present(deps: Pick<Deps, 'db'>, row: TranscriptionRow, query: ListenQuery) {
  const { segments } = transcriptOf(row)
  const sounds = query.multichannel ? channelsOf(segments) : [segments]
  return {
    metadata: await metadata(deps, row, query, sounds.length),
    results: {
      channels: sounds.map((each) => channel(row, each, query)),
      ...(query.utterances && { utterances: utterances(row, sounds, query) }),
    },
  }
}

/** Of a recording that has not two channels which carry different things, it is one. */
function channelsOf(segments: readonly Segment[]): Segment[][] {
  const names = [...new Set(segments.map(({ speaker = '' }) => speaker))].sort()
  return names.length === 0
    ? [[]]
    : names.map((name) => segments.filter(({ speaker = '' }) => speaker === name))
}

async function metadata(
  { db }: Pick<Deps, 'db'>,
  row: TranscriptionRow,
  query: ListenQuery,
  channels: number,
) {
  const { tag, extra } = query
  const warnings = warningsOf(query)
  const media = row.media_id
    ? await db.selectFrom('media').select('sha256').where('id', '=', row.media_id).executeTakeFirst()
    : undefined
  const model = row.model_used ?? ''
  return {
    transaction_key: 'deprecated',
    request_id: row.id.replace(/^tj_/, ''),
    transcription_id: row.id,
    sha256: media?.sha256 ?? row.source_sha256 ?? '',
    created: new Date(row.created_at).toISOString(),
    duration: (row.duration_ms ?? 0) / 1000,
    channels,
    models: [uuidOf(model)],
    model_info: { [uuidOf(model)]: { name: model, version: '', arch: model.split('-')[0] } },
    ...(tag.length > 0 && { tags: tag }),
    ...(extra.length > 0 && { extra: Object.fromEntries(extra.map(pair)) }),
    ...(warnings.length > 0 && { warnings }),
    ...(row.stand_in === 1 && { stand_in: true }),
    ...(row.reused === 1 && { reused: true }),
  }
}

/** `key:value`. */
function pair(text: string): [string, string] {
  const colon = text.indexOf(':')
  return colon < 0 ? [text, ''] : [text.slice(0, colon), text.slice(colon + 1)]
}

/** Typed clients want a UUID for a model: always the same one for a name. */
function uuidOf(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

function channel(row: TranscriptionRow, segments: readonly Segment[], query: ListenQuery) {
  const words = wordsOf(segments, writtenIn(query))
  return {
    alternatives: [
      {
        transcript: textOf(segments, query),
        confidence: confidenceOf(words),
        words,
        ...((query.paragraphs || query.smart_format) && { paragraphs: paragraphs(segments, query) }),
      },
    ],
    ...(detects(query) &&
      row.detected_language !== null && {
        detected_language: row.detected_language,
        language_confidence: row.language_confidence ?? 1,
      }),
  }
}

const writtenIn = (query: ListenQuery) => ({
  punctuated: query.punctuate || query.smart_format || query.paragraphs,
  speakers: !query.multichannel,
})

function textOf(segments: readonly Segment[], query: ListenQuery): string {
  const text = joined(segments.map((segment) => segment.text))
  return writtenIn(query).punctuated ? text : bare(text)
}

function paragraphs(segments: readonly Segment[], query: ListenQuery) {
  const all = segmentParagraphs(segments).map((each) => paragraph(each, writtenIn(query).speakers))
  const texts = all.map(({ speaker, sentences }) => {
    const text = joined(sentences.map((sentence) => sentence.text))
    return speaker === undefined ? text : `Speaker ${speaker}: ${text}`
  })
  return { transcript: texts.map((text) => `\n${text}`).join('\n'), paragraphs: all }
}

function paragraph({ speaker, segments }: SegmentParagraph, speakers: boolean) {
  return {
    sentences: segments.map(({ text, start, end }) => ({ text, start, end })),
    num_words: segments.reduce((sum, { words = [] }) => sum + words.length, 0),
    start: segments[0]!.start,
    end: segments.at(-1)!.end,
    ...(speakers && speaker !== undefined && { speaker: speakerNumber(speaker) }),
  }
}

function utterances(
  row: TranscriptionRow,
  sounds: readonly (readonly Segment[])[],
  query: ListenQuery,
): object[] {
  return sounds
    .flatMap((segments, channel) =>
      utterancesOf(wordsOf(segments, writtenIn(query)), query.utt_split).map((words) => ({ channel, words })),
    )
    .sort((a, b) => a.words[0]!.start - b.words[0]!.start)
    .map(({ channel, words }, k) => ({
      start: words[0]!.start,
      end: words.at(-1)!.end,
      confidence: confidenceOf(words),
      channel,
      transcript: spoken(words),
      words,
      ...(words[0]!.speaker !== undefined && { speaker: words[0]!.speaker }),
      id: uuidOf(`${row.id} ${k}`),
    }))
}

const spoken = (words: readonly ListenWord[]): string =>
  joined(words.map(({ word, punctuated_word = word }) => punctuated_word))
