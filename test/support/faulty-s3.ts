/** An S3 server (s3rver) behind a relay that can fail as S3 does: errors, silence, answers that break off. */
import { rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3'
import S3rver from 's3rver'

/**
 * `broken`: a third of each large object comes, then the connection is reset. `silent`: nothing comes, for ever.
 * `end unanswered`: an upload in parts is ended, and whoever asked for that is not told; once.
 */
export type Fault = 'none' | 'error' | 'slow down' | 'silent' | 'broken' | 'end unanswered'

export interface FaultyS3 {
  /** `AWS_*` for programs that use it. */
  env: Record<string, string>
  set(fault: Fault): void
  /** Requests that met the fault since it was set. */
  met(): number
  close(): Promise<void>
}

/** What is small comes whole: a reset takes bytes with it that were sent just before. */
const SMALL = 300_000

const STATUS = { error: [500, 'InternalError'], 'slow down': [503, 'SlowDown'] } as const

function refuse(outgoing: ServerResponse, status: number, code: string): void {
  outgoing.writeHead(status, { 'content-type': 'application/xml' })
  outgoing.end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>again</Message></Error>`)
}

/** How s3rver keeps objects, which its types do not say. */
interface Store {
  getResourcePath(bucket: string, key: string, resource: string): string
  deleteObject(bucket: string, key: string): Promise<void>
}

/**
 * s3rver removes a folder with its last object, even while another object is being written there, and the error ends the
 * tests. S3 has no folders, so here they are kept.
 */
function keepFolders(s3: S3rver): void {
  const { store } = s3 as unknown as { store: Store }
  store.deleteObject = async (bucket, key) => {
    const files = ['object', 'object.md5', 'metadata.json']
    await Promise.all(files.map((file) => rm(store.getResourcePath(bucket, key, file), { force: true })))
  }
}

/** With an empty bucket, in `directory`. */
export async function faultyS3(directory: string, bucket: string): Promise<FaultyS3> {
  const s3 = new S3rver({ port: 0, silent: true, directory })
  keepFolders(s3)
  const { port: target } = await s3.run()
  let fault: Fault = 'none'
  let met = 0

  /** s3rver does not list or abort multipart uploads: their keys by id. */
  const uploads = new Map<string, { key: string; since: string }>()

  /** Whether it was answered here. */
  function aboutUploads({ method, url }: IncomingMessage, outgoing: ServerResponse): boolean {
    const { searchParams } = new URL(url!, 'http://s3')
    const id = searchParams.get('uploadId')
    const known = id !== null && (method === 'DELETE' || method === 'POST') && uploads.delete(id)
    if (id !== null && method === 'POST' && !known) {
      refuse(outgoing, 404, 'NoSuchUpload')
      return true
    }
    if (id !== null && method === 'DELETE') {
      outgoing.writeHead(204).end()
      return true
    }
    if (!searchParams.has('uploads') || method !== 'GET') return false
    const items = [...uploads].map(
      ([upload, { key, since }]) =>
        `<Upload><Key>${key}</Key><UploadId>${upload}</UploadId><Initiated>${since}</Initiated></Upload>`,
    )
    outgoing.writeHead(200, { 'content-type': 'application/xml' })
    outgoing.end(`<ListMultipartUploadsResult>${items.join('')}</ListMultipartUploadsResult>`)
    return true
  }

  function note({ method, url }: IncomingMessage, answer: IncomingMessage): void {
    const { pathname, searchParams } = new URL(url!, 'http://s3')
    if (method !== 'POST' || !searchParams.has('uploads')) return
    let text = ''
    answer.on('data', (chunk: Buffer) => {
      text += chunk
      const id = /<UploadId>([^<]+)</.exec(text)?.[1]
      const key = pathname.split('/').slice(2).join('/')
      if (id) uploads.set(id, { key, since: new Date().toISOString() })
    })
  }

  function relay(incoming: IncomingMessage, outgoing: ServerResponse, breakOff: boolean): void {
    if (aboutUploads(incoming, outgoing)) return
    const { method, url, headers } = incoming
    const onward = request({ port: target, host: '127.0.0.1', method, path: url, headers }, (answer) => {
      if (fault === 'end unanswered' && method === 'POST' && url!.includes('uploadId=')) {
        fault = 'none'
        answer.resume().on('end', () => outgoing.destroy())
        return
      }
      outgoing.writeHead(answer.statusCode!, answer.headers)
      note(incoming, answer)
      const length = Number(answer.headers['content-length'] ?? 0)
      if (!breakOff || method !== 'GET' || length < SMALL) return void answer.pipe(outgoing)
      let left = Math.ceil(length / 3)
      answer.on('data', (chunk: Buffer) => {
        outgoing.write(chunk.subarray(0, left))
        left -= chunk.length
        if (left <= 0) outgoing.socket?.resetAndDestroy()
      })
    })
    onward.on('error', () => outgoing.destroy())
    outgoing.on('close', () => onward.destroy())
    incoming.pipe(onward)
  }

  const server = createServer((incoming, outgoing) => {
    incoming.on('error', () => {})
    if (fault !== 'none') met++
    if (fault === 'silent') return void incoming.resume()
    if (fault !== 'error' && fault !== 'slow down') return relay(incoming, outgoing, fault === 'broken')
    const [status, code] = STATUS[fault]
    incoming.resume()
    refuse(outgoing, status, code)
  })
  const { port } = await new Promise<{ port: number }>((done) =>
    server.listen(0, '127.0.0.1', () => done(server.address() as { port: number })),
  )
  const env = {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'S3RVER',
    AWS_SECRET_ACCESS_KEY: 'S3RVER',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  }
  const credentials = { accessKeyId: env.AWS_ACCESS_KEY_ID, secretAccessKey: env.AWS_SECRET_ACCESS_KEY }
  const options = {
    endpoint: env.AWS_ENDPOINT_URL,
    region: env.AWS_REGION,
    credentials,
    forcePathStyle: true,
  }
  const client = new S3Client(options)
  await client.send(new CreateBucketCommand({ Bucket: bucket }))
  client.destroy()
  return {
    env,
    set(next) {
      fault = next
      met = 0
    },
    met: () => met,
    async close() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
      await s3.close()
    },
  }
}
