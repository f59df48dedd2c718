import type { EVENT_TYPES } from '../../../../src/contract/native.ts'

export type EventType = (typeof EVENT_TYPES)[number]

export const EVENTS: Record<EventType, string> = {
  'transcription.succeeded': 'A transcription is ready',
  'transcription.failed': 'A transcription failed',
  'transcription.cancelled': 'A transcription was cancelled',
  'batch.completed': 'A batch is ready',
  'batch.cancelled': 'A batch was cancelled',
  'post.published': 'A post is published',
  'post.failed': 'A post failed',
  'subscription.found': 'A subscription found new entries',
  'subscription.failed': 'A subscription failed, or waits for credits',
}
