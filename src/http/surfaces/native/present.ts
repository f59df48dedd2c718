import type { SoundReport, TranscriptionReply, TranscriptionSummary } from '../../../contract/native.ts'
import { tagsOf } from '../../../domain/archive/tags.ts'
import type { Outlook } from '../../../domain/transcriptions/forecast/rules.ts'
import type { Summary } from '../../../domain/transcriptions/list.ts'
import type { Platform } from '../../../ports/fetcher.ts'

export const iso = (ms: number): string => new Date(ms).toISOString()
export const isoOrNull = (ms: number | null): string | null => (ms === null ? null : iso(ms))

/** @param outlook of one that has not ended */
export function summary(row: Summary, outlook?: Outlook): TranscriptionSummary {
  return {
    id: row.id,
    state: row.state,
    stage: row.stage,
    pct: row.pct,
    queuePlace: outlook?.place ?? null,
    secondsLeft: outlook?.secondsLeft ?? null,
    title: row.title,
    source: sourceOf(row),
    surface: row.surface,
    language: row.language,
    detectedLanguage: row.detected_language,
    languageConfidence: row.language_confidence,
    task: row.task,
    diarize: row.diarize === 1,
    model: row.model,
    modelUsed: row.model_used,
    standIn: row.stand_in === 1,
    mode: row.mode,
    captions: row.captions_kind,
    reused: row.reused === 1,
    durationSeconds: row.duration_ms === null ? null : row.duration_ms / 1000,
    creditsDebited: row.credits_debited,
    likelyLyrics: row.likely_lyrics === null ? null : row.likely_lyrics === 1,
    error: row.error_code === null ? null : { code: row.error_code, message: row.error_message ?? '' },
    version: row.version,
    tags: tagsOf(row),
    binnedAt: isoOrNull(row.binned_at),
    createdAt: iso(row.created_at),
    startedAt: isoOrNull(row.started_at),
    finishedAt: isoOrNull(row.finished_at),
  }
}

function sourceOf({ media_id, link_platform, link_id, link_url }: Summary): TranscriptionSummary['source'] {
  if (link_platform !== null)
    return { kind: 'link', platform: link_platform as Platform, id: link_id ?? '', url: link_url ?? '' }
  return link_url !== null
    ? { kind: 'url', url: link_url, mediaId: media_id }
    : { kind: 'media', mediaId: media_id ?? '' }
}

export function soundReply({ sound }: { sound: string | null }): Pick<TranscriptionReply, keyof SoundReport> {
  return sound === null ? { track: null, tracks: null, warnings: [] } : (JSON.parse(sound) as SoundReport)
}
