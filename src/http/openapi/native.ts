import { z } from 'zod'
import {
  changeTranscriptBody,
  changeTranscriptReply,
  editTranscriptionBody,
  listChangesQuery,
  listChangesReply,
} from '../../contract/edits.ts'
import { flag } from '../../contract/flag.ts'
import { exportOptions } from '../../contract/formats.ts'
import {
  capabilitiesReply,
  createTranscriptionBody,
  deleteTranscriptionReply,
  deleteTranscriptionsBody,
  deleteTranscriptionsReply,
  facetsReply,
  listTranscriptionsQuery,
  listTranscriptionsReply,
  progressEvent,
  segmentEvent,
  transcriptionReply,
  transcriptionSummary,
  vocabularyBody,
  vocabularyReply,
  vocabularySuggestionsReply,
} from '../../contract/native.ts'
import { speakersReply, tellSpeakersBody } from '../../contract/speakers.ts'
import { FILES, waveformFile } from './files.ts'
import { accepted, events, json, type Operation, ok } from './operation.ts'
import { videoOperations } from './videos.ts'

const transcriptions = { tag: 'Transcriptions', errors: 'Soku', security: ['bearer', 'sokuApiKey'] } as const

const readQuery = z.object({
  original: flag.optional().describe('As recognised, before any edit.'),
  words: flag.optional().describe('With the times of words; true unless said.'),
})

export const vocabularyOperations: Operation[] = [
  {
    ...transcriptions,
    method: 'get',
    path: '/v1/vocabulary',
    summary: 'Get the account’s vocabulary',
    description:
      'Names, terms and replacements that every transcription of the account is given, on every API.',
    replies: ok(vocabularyReply),
  },
  {
    ...transcriptions,
    method: 'put',
    path: '/v1/vocabulary',
    summary: 'Replace the account’s vocabulary',
    description:
      'Stores both lists in place of the ones before; a list that is left out becomes empty. Transcriptions that are already queued keep the vocabulary they were created with.',
    body: json(vocabularyBody),
    replies: ok(vocabularyReply),
  },
  {
    ...transcriptions,
    method: 'get',
    path: '/v1/vocabulary/suggestions',
    summary: 'Get suggestions for the vocabulary',
    description:
      'Words and names that were corrected at least twice in the ten transcripts that the account edited last, most frequent first. Left out is what the vocabulary replaces already, and what still stands somewhere in these transcripts, because it was right there.',
    replies: ok(vocabularySuggestionsReply),
  },
]

export const transcriptionOperations: Operation[] = [
  {
    ...transcriptions,
    method: 'get',
    path: '/v1/capabilities',
    summary: 'Get the server’s capabilities',
    description:
      'Which models there are and what each can do, what a transcription costs, and the largest upload and longest recording that are accepted. Any key may ask.',
    replies: ok(capabilitiesReply),
  },
  {
    ...transcriptions,
    method: 'post',
    path: '/v1/transcriptions',
    summary: 'Create a transcription',
    description:
      'Starts a transcription of a file of the media library (`mediaId`), the address of a media file, or a post on a supported platform (`url`). The credits are held and the answer comes at once; follow the work with its events, a webhook, or `GET /v1/transcriptions/{id}`.',
    headers: {
      'Idempotency-Key': { description: 'At most 255 characters. The same key and body begin it once.' },
    },
    body: json(createTranscriptionBody),
    replies: {
      202: {
        description: 'It is queued.',
        content: json(transcriptionReply),
        headers: { Location: 'Where to ask for it.' },
      },
    },
  },
  {
    ...transcriptions,
    method: 'get',
    path: '/v1/transcriptions',
    summary: 'List and search transcriptions',
    description:
      'Newest first unless `order` says otherwise, without their texts. `q` searches the titles and texts; the other parameters filter. Transcriptions in the bin are listed only with `bin=true`.',
    query: listTranscriptionsQuery,
    replies: ok(listTranscriptionsReply),
  },
  {
    ...transcriptions,
    method: 'get',
    path: '/v1/transcriptions/facets',
    summary: 'Count transcriptions',
    description:
      'The number of transcriptions for each state, source, language and tag, most frequent first, and the number in the bin.',
    replies: ok(facetsReply),
  },
  {
    ...transcriptions,
    method: 'post',
    path: '/v1/transcriptions/delete',
    summary: 'Delete several transcriptions',
    description:
      'Does for each id what `DELETE /v1/transcriptions/{id}` does. Ids that do not exist are left out of the answer.',
    body: json(deleteTranscriptionsBody),
    replies: ok(deleteTranscriptionsReply),
  },
  {
    ...transcriptions,
    method: 'get',
    path: '/v1/transcriptions/{id}',
    summary: 'Get a transcription',
    description:
      'The state, and once it has succeeded the transcript with its segments and words. With `.txt`, `.srt`, `.vtt`, `.json`, `.tsv`, `.csv`, `.lrc`, `.md`, `.html`, `.docx`, or `.edl`, `.fcpxml` or `.xml` (markers for DaVinci Resolve, Final Cut Pro and Premiere Pro) after the id, the transcript is sent as a file of that kind. The other parameters control what the file looks like.',
    query: readQuery.extend(exportOptions.shape),
    replies: {
      200: {
        description: 'The transcription.',
        content: { ...json(transcriptionReply), ...FILES },
      },
    },
  },
  {
    ...transcriptions,
    method: 'patch',
    path: '/v1/transcriptions/{id}',
    summary: 'Rename or edit a transcription',
    description:
      'Changes the `title`, saves a whole edited transcript (`segments` with the `version` they are based on), or goes back to the original (`revert`). If somebody else saved in between, the answer is 409 `edit.conflict` and nothing changes.',
    body: json(editTranscriptionBody),
    replies: ok(transcriptionReply),
  },
  {
    ...transcriptions,
    method: 'post',
    path: '/v1/transcriptions/{id}/changes',
    summary: 'Change some segments',
    description:
      'Saves a few edited segments of a long transcript. Each `changeId` is applied once, so a client that missed the answer may send the same request again.',
    body: json(changeTranscriptBody),
    replies: ok(changeTranscriptReply),
  },
  {
    ...transcriptions,
    method: 'get',
    path: '/v1/transcriptions/{id}/changes',
    summary: 'List changes',
    description: 'Who changed what since a version, oldest first.',
    query: listChangesQuery,
    replies: ok(listChangesReply),
  },
  {
    ...transcriptions,
    method: 'get',
    path: '/v1/transcriptions/{id}/waveform',
    summary: 'Get a recording’s waveform',
    ...waveformFile,
  },
  {
    ...transcriptions,
    method: 'post',
    path: '/v1/transcriptions/{id}/speakers',
    summary: 'Tell the speakers apart again',
    description:
      'Listens to the recording again and says anew who speaks, for a number of people that you give or that is found. Nothing is recognised again and nothing is charged. Words, times and edits stay; a speaker who has a name keeps it. The result is saved as a new version. It needs the recording: if that was deleted, or the link was only read, the answer is 404 `media.missing`. Asking while a run is under way starts over with the new number.',
    headers: {
      'Idempotency-Key': { description: 'At most 255 characters. The same key and body begin one run.' },
    },
    body: json(tellSpeakersBody),
    replies: accepted(speakersReply),
  },
  {
    ...transcriptions,
    method: 'get',
    path: '/v1/transcriptions/{id}/speakers',
    summary: 'Get the latest run for speakers',
    description: 'How far the run of `POST /v1/transcriptions/{id}/speakers` is, and what came of it.',
    replies: ok(speakersReply),
  },
  ...videoOperations,
  {
    ...transcriptions,
    method: 'delete',
    path: '/v1/transcriptions/{id}',
    summary: 'Cancel or delete a transcription',
    description:
      'Cancels a transcription that is queued or running; it stays listed and costs nothing. Deletes one that has ended for good, and leaves a receipt (`GET /v1/deletions`). Use `POST /v1/transcriptions/bin` instead if you want to be able to restore it.',
    replies: ok(deleteTranscriptionReply),
  },
  {
    ...transcriptions,
    method: 'get',
    path: '/v1/transcriptions/{id}/events',
    summary: 'Follow a transcription',
    description:
      'Server-sent events: `progress` (`ProgressEvent`), `segment` (`SegmentEvent`), and at the end `end` (`TranscriptionSummary`). To resume after a lost connection, send the id of the last event as `Last-Event-ID`, to any machine of the installation. 204 means that everything has been sent.',
    headers: { 'Last-Event-ID': { description: 'The id of the last event that arrived.' } },
    replies: {
      200: {
        description: 'A stream of events.',
        content: events(progressEvent, segmentEvent, transcriptionSummary),
      },
      204: { description: 'Everything was sent already.' },
    },
  },
]
