import { Readable } from 'node:stream'
import { create } from 'content-disposition'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { ZipFile } from 'yazl'
import { z } from 'zod'
import { batchZipQuery } from '../../../../contract/batches.ts'
import { flag } from '../../../../contract/flag.ts'
import type { BatchItemState } from '../../../../domain/batches/read.ts'
import { hasEnded, itemsOf, type Result, resultOf, resultsOf } from '../../../../domain/batches/results.ts'
import type { BatchRow } from '../../../../domain/batches/tables.ts'
import type { HttpDeps } from '../../../context.ts'
import { parse } from '../../../parse.ts'
import { asBuffer, baseName, type ExportFormat, fileOf, NULL, withJson } from '../../../send-transcript.ts'
import type { EventStreams } from '../../../sse.ts'
import { itemReply } from '../present-batch.ts'

type ResultDeps = HttpDeps & { streams: EventStreams }

const linesQuery = z.strictObject({ words: flag.default(true) })

/** `GET /v1/batches/{id}.jsonl|zip`: what has ended so far, streamed; one transcript at a time is in memory. */
export function sendResults(
  deps: ResultDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  batch: BatchRow,
  kind: 'jsonl' | 'zip',
): FastifyReply {
  const body =
    kind === 'jsonl'
      ? Readable.from(lines(deps, batch, parse(linesQuery, request.query).words), { objectMode: false })
      : zipOf(deps, batch, parse(batchZipQuery, request.query).format)
  body.on('error', (err) => request.log.error({ err, batch: batch.id }, 'the results of a batch broke off'))
  deps.streams.track(reply.raw)
  return reply
    .type(kind === 'jsonl' ? 'application/jsonl; charset=utf-8' : 'application/zip')
    .header('content-disposition', create(`${batch.name ?? batch.id}.${kind}`))
    .header('x-content-type-options', 'nosniff')
    .send(body)
}

const NEWLINE = Buffer.from('\n')

async function* lines(deps: HttpDeps, batch: BatchRow, words: boolean): AsyncGenerator<Buffer> {
  for await (const result of resultsOf(deps.db, batch)) {
    const { stored } = result
    yield withJson(
      facts(result),
      'transcript',
      stored === null ? NULL : await deps.texts.reply(stored, words),
    )
    yield NEWLINE
  }
}

/** What a line says beside the text. */
const facts = ({ item, transcription: row }: Result): object => ({
  ...itemReply(item),
  language: row?.detected_language ?? row?.language ?? null,
  durationSeconds: row === null || row.duration_ms === null ? null : row.duration_ms / 1000,
  modelUsed: row?.model_used ?? null,
  standIn: row?.stand_in === 1,
  reused: row?.reused === 1,
})

/** A file for each text and format, and `items.jsonl`: what became of each item, and in which files. */
function zipOf(deps: HttpDeps, batch: BatchRow, formats: readonly ExportFormat[]): Readable {
  const zip = new ZipFile()
  const out = zip.outputStream as Readable
  zip.on('error', (error: Error) => out.destroy(error))
  void fill(deps, zip, batch, formats).catch((error: Error) => out.destroy(error))
  return out
}

async function fill(
  deps: HttpDeps,
  zip: ZipFile,
  batch: BatchRow,
  formats: readonly ExportFormat[],
): Promise<void> {
  const list: string[] = []
  for await (const item of itemsOf(deps.db, batch)) {
    if (!hasEnded(item)) continue
    const files = item.state === 'succeeded' && item.live ? formats.map((format) => nameOf(item, format)) : []
    list.push(`${JSON.stringify({ ...itemReply(item), files })}\n`)
    // Read when its turn comes.
    for (const [k, name] of files.entries())
      zip.addReadStreamLazy(name, { compress: formats[k] !== 'docx' }, (done) => {
        contentOf(deps, item, formats[k]!).then(
          (content) => done(null, Readable.from([content], { objectMode: false })),
          (error: Error) => done(error, Readable.from([])),
        )
      })
  }
  zip.addReadStreamLazy('items.jsonl', {}, (done) => done(null, Readable.from(list, { objectMode: false })))
  zip.end()
}

async function contentOf(deps: HttpDeps, item: BatchItemState, format: ExportFormat): Promise<Buffer> {
  const { stored } = await resultOf(deps.db, item)
  // Removed since the list was made.
  if (stored === null) return Buffer.alloc(0)
  const { title } = itemReply(item)
  return asBuffer(await fileOf(deps, stored, { format, title: title ?? item.transcription_id ?? '' }))
}

const LONGEST_NAME = 100

/** In the order of the items, and no two alike. What file systems do not take is left out. */
function nameOf(item: BatchItemState, format: ExportFormat): string {
  const { title } = itemReply(item)
  const plain = baseName(title ?? '')
    .replace(/[\\/:*?"<>|\p{C}]/gu, ' ')
    .trim()
    .slice(0, LONGEST_NAME)
    .trim()
  const number = String(item.idx + 1).padStart(5, '0')
  return `${[number, plain].filter(Boolean).join(' ')}.${format}`
}
