import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js'
import { z } from 'zod'
import type { TranscriptionReply, TranscriptionSummary } from '../contract/native.ts'
import { paragraphs } from '../domain/transcripts/paragraphs.ts'
import { speakerName } from '../domain/transcripts/speaker-label.ts'

/** What is known of a transcription besides its text. */
export const summary = z.object({
  id: z.string(),
  state: z.string(),
  title: z.string().nullable(),
  source: z.string().nullable(),
  language: z.string().nullable(),
  durationSeconds: z.number().nullable(),
  creditsDebited: z.number().nullable(),
  modelUsed: z.string().nullable(),
  standIn: z.boolean(),
  reused: z.boolean(),
  captions: z.string().nullable(),
  createdAt: z.string(),
})

export const summarised = (t: TranscriptionSummary): z.infer<typeof summary> => ({
  id: t.id,
  state: t.state,
  title: t.title,
  source: t.source.kind === 'media' ? null : t.source.url,
  language: t.detectedLanguage ?? t.language,
  durationSeconds: t.durationSeconds,
  creditsDebited: t.creditsDebited,
  modelUsed: t.modelUsed,
  standIn: t.standIn,
  reused: t.reused,
  captions: t.captions,
  createdAt: t.createdAt,
})

export interface Span {
  from: number
  to: number
}

const WHOLE: Span = { from: 0, to: Infinity }

/** A transcription as an assistant reads it. One that failed is an error, in its own words. */
export function described(t: TranscriptionReply, span: Span = WHOLE): CallToolResult {
  const structuredContent = summarised(t)
  if (t.state === 'failed' || t.state === 'cancelled')
    return { isError: true, content: [text(t.error?.message ?? `It was ${t.state}.`)], structuredContent }
  if (!t.transcript)
    return {
      content: [text(`${t.id} is ${t.state} (${t.pct} %). Ask get_transcript with this id in a moment.`)],
      structuredContent,
    }
  return { content: [text([...notes(t), readable(t, span)].join('\n'))], structuredContent }
}

export const text = (said: string) => ({ type: 'text' as const, text: said })

/** What a reader should know first. */
function notes({ id, title, standIn, captions, reused }: TranscriptionReply): string[] {
  return [
    `# ${title ?? id} (${id})`,
    ...(standIn ? ['Heard by a rough stand-in engine: expect many wrong words.'] : []),
    ...(captions ? [`Made from the platform’s captions (${captions}), not from the sound.`] : []),
    ...(reused ? ['Answered from an earlier transcription of the same link.'] : []),
    '',
  ]
}

function readable({ transcript }: TranscriptionReply, { from, to }: Span): string {
  const segments = (transcript?.segments ?? []).filter(({ start, end }) => end > from && start < to)
  if (segments.length === 0) return '(Nobody speaks.)'
  return paragraphs(segments)
    .map(({ start, speaker, text }) => {
      const name = speakerName(speaker)
      return `[${clock(start)}] ${name ? `${name}: ` : ''}${text}`
    })
    .join('\n\n')
}

/** `01:02:03`. */
export function clock(seconds: number): string {
  const two = (n: number): string => String(Math.floor(n)).padStart(2, '0')
  return [seconds / 3600, (seconds / 60) % 60, seconds % 60].map(two).join(':')
}
