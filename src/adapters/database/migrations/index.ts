import type { Migration } from 'kysely'
import * as start from './0001-start.ts'
import * as dashboard from './0004-dashboard.ts'
import * as reuse from './0005-reuse.ts'
import * as money from './0006-money.ts'
import * as library from './0007-library.ts'
import * as webhooks from './0008-webhooks.ts'
import * as payments from './0012-payments.ts'
import * as workers from './0013-workers.ts'
import * as uploads from './0014-uploads.ts'
import * as retention from './0015-retention.ts'
import * as shares from './0015-shares.ts'
import * as language from './0018-language.ts'
import * as speakers from './0019-speakers.ts'
import * as prompt from './0021-prompt.ts'
import * as wishes from './0023-wishes.ts'
import * as sound from './0024-sound.ts'
import * as sourceTitle from './0024-source-title.ts'
import * as provedAddresses from './0025-proved-addresses.ts'
import * as leases from './0026-leases.ts'
import * as vocabulary from './0027-vocabulary.ts'
import * as transcriptChanges from './0028-transcript-changes.ts'
import * as timeline from './0029-timeline.ts'
import * as queues from './0030-queues.ts'
import * as openParts from './0032-open-parts.ts'
import * as runners from './0033-runners.ts'
import * as batches from './0035-batches.ts'
import * as subscriptions from './0036-subscriptions.ts'
import * as posts from './0037-posts.ts'
import * as waveforms from './0039-waveforms.ts'
import * as archive from './0040-archive.ts'
import * as workerRoles from './0044-worker-roles.ts'
import * as traceparent from './0046-traceparent.ts'
import * as heardAt from './0049-heard-at.ts'
import * as postsRetention from './0050-posts-retention.ts'
import * as speakerRuns from './0052-speaker-runs.ts'
import * as editHistory from './0055-edit-history.ts'
import * as batchTraceparent from './0056-batch-traceparent.ts'
import * as videos from './0057-videos.ts'
import * as comments from './0058-comments.ts'
import * as workerFonts from './0060-worker-fonts.ts'
import * as queueMoves from './0061-queue-moves.ts'
import * as madeUnderKeys from './0062-made-under-keys.ts'

/** Numbered, forward only, one set for both databases. Never change one that was released. */
export const migrations: Record<string, Migration> = {
  '0001-start': start,
  '0005-reuse': reuse,
  '0004-dashboard': dashboard,
  '0006-money': money,
  '0007-library': library,
  '0008-webhooks': webhooks,
  '0012-payments': payments,
  '0013-workers': workers,
  '0014-uploads': uploads,
  '0015-retention': retention,
  '0015-shares': shares,
  '0018-language': language,
  '0019-speakers': speakers,
  '0021-prompt': prompt,
  '0023-wishes': wishes,
  '0024-sound': sound,
  '0024-source-title': sourceTitle,
  '0025-proved-addresses': provedAddresses,
  '0026-leases': leases,
  '0027-vocabulary': vocabulary,
  '0028-transcript-changes': transcriptChanges,
  '0029-timeline': timeline,
  '0030-queues': queues,
  '0032-open-parts': openParts,
  '0033-runners': runners,
  '0035-batches': batches,
  '0036-subscriptions': subscriptions,
  '0037-posts': posts,
  '0039-waveforms': waveforms,
  '0040-archive': archive,
  '0044-worker-roles': workerRoles,
  '0046-traceparent': traceparent,
  '0049-heard-at': heardAt,
  '0050-posts-retention': postsRetention,
  '0052-speaker-runs': speakerRuns,
  '0055-edit-history': editHistory,
  '0056-batch-traceparent': batchTraceparent,
  '0057-videos': videos,
  '0058-comments': comments,
  '0060-worker-fonts': workerFonts,
  '0061-queue-moves': queueMoves,
  '0062-made-under-keys': madeUnderKeys,
}
