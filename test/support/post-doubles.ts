/** What is posted to, as the originals answer: a Mastodon instance, a PDS of Bluesky, and a webhook. Real HTTP. */
import { createHash } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Asked {
  method: string
  url: URL
  headers: IncomingHttpHeaders
  body: string
  bytes: Buffer
}

interface Fault {
  status: number
  headers?: Record<string, string>
  body?: unknown
}

/** A server of one platform; what it is sent is what its tests look at. */
abstract class Double {
  readonly asked: Asked[] = []
  /** Answered to the next posts instead, in turn. `hang`: it takes the post and says nothing. `lost`: it takes it and breaks off. */
  readonly faults: (Fault | 'hang' | 'lost')[] = []
  readonly #server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const bytes = Buffer.concat(chunks)
      const { method = '', headers } = request
      const asked: Asked = {
        method,
        url: new URL(request.url ?? '', this.origin),
        headers,
        body: bytes.toString('utf8'),
        bytes,
      }
      this.asked.push(asked)
      this.answer(asked, response)
    })
  })
  origin = ''

  /** `HOST:PORT` */
  async listen(): Promise<string> {
    await new Promise<void>((done) => this.#server.listen(0, '127.0.0.1', done))
    const host = `127.0.0.1:${(this.#server.address() as AddressInfo).port}`
    this.origin = `http://${host}`
    return host
  }

  close(): void {
    this.#server.closeAllConnections()
    this.#server.close()
  }

  protected abstract answer(asked: Asked, response: ServerResponse): unknown

  /** Makes the post unless a fault says that it does not get that far. */
  protected posting(response: ServerResponse, make: () => [status: number, json: unknown]): unknown {
    const fault = this.faults.shift()
    if (fault === undefined) return send(response, ...make())
    if (fault === 'hang' || fault === 'lost') {
      make()
      if (fault === 'lost') response.destroy()
      return
    }
    send(response, fault.status, fault.body ?? { error: 'told to' }, fault.headers)
  }
}

function send(
  response: ServerResponse,
  status: number,
  json: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(json))
}

interface Picture {
  type: string
  bytes: Buffer
}

export interface Status {
  id: string
  text: string
  in_reply_to_id: string | null
  language: string | null
  /** Its pictures, as they were uploaded. */
  pictures: Picture[]
  created_at: string
  url: string
}

/** Mastodon 4: statuses are known by their `Idempotency-Key` until `forget`. */
export class MastodonDouble extends Double {
  readonly token = 'mastodon-token-7f3a'
  readonly statuses: Status[] = []
  maxCharacters = 500
  /** Its account has taken the token back. */
  revoked = false
  #known = new Map<string, Status>()
  readonly #media: (Picture & { looks: number })[] = []

  forget(): void {
    this.#known.clear()
  }

  protected answer(asked: Asked, response: ServerResponse): unknown {
    const { pathname } = asked.url
    if (pathname === '/api/v2/instance')
      return send(response, 200, {
        configuration: { statuses: { max_characters: this.maxCharacters, characters_reserved_per_url: 23 } },
      })
    if (this.revoked || asked.headers.authorization !== `Bearer ${this.token}`)
      return send(response, 401, { error: 'The access token is invalid' })
    if (pathname === '/api/v1/accounts/verify_credentials')
      return send(response, 200, { id: '1', username: 'olga', acct: 'olga' })
    if (pathname === '/api/v1/accounts/1/statuses')
      return send(
        response,
        200,
        this.statuses.map(({ text, ...s }) => ({ ...s, content: `<p>${text}</p>` })).reverse(),
      )
    const source = /^\/api\/v1\/statuses\/(\d+)\/source$/.exec(pathname)
    if (source)
      return send(response, 200, {
        id: source[1],
        text: this.statuses.find(({ id }) => id === source[1])?.text,
      })
    if (pathname === '/api/v2/media' && asked.method === 'POST') return this.#upload(asked, response)
    const media = /^\/api\/v1\/media\/m(\d+)$/.exec(pathname)
    if (media) {
      const { looks } = this.#media[Number(media[1])]!
      this.#media[Number(media[1])]!.looks++
      return send(response, looks === 0 ? 206 : 200, { id: `m${media[1]}` })
    }
    if (pathname === '/api/v1/statuses' && asked.method === 'POST')
      return this.posting(response, () => this.#post(asked))
    return send(response, 404, { error: 'Record not found' })
  }

  /** Taken at once, and ready at the second look. */
  async #upload({ headers, bytes }: Asked, response: ServerResponse): Promise<void> {
    const form = await new Response(new Uint8Array(bytes), {
      headers: { 'content-type': headers['content-type'] ?? '' },
    }).formData()
    const file = form.get('file') as File
    this.#media.push({ type: file.type, bytes: Buffer.from(await file.arrayBuffer()), looks: 0 })
    send(response, 202, { id: `m${this.#media.length - 1}`, url: null })
  }

  #post({ headers, body }: Asked): [number, unknown] {
    const {
      status: text,
      in_reply_to_id = null,
      language = null,
      media_ids = [],
    } = JSON.parse(body) as Record<string, string> & { media_ids?: string[] }
    const key = String(headers['idempotency-key'])
    const known = this.#known.get(key)
    if (known) return [200, known]
    if ([...(text ?? '')].length > this.maxCharacters)
      return [422, { error: 'Validation failed: Text character limit' }]
    if (in_reply_to_id !== null && !this.statuses.some(({ id }) => id === in_reply_to_id))
      return [404, { error: 'The post you are trying to reply to does not appear to exist.' }]
    const pictures = media_ids.map((media) => this.#media[Number(media.slice(1))])
    if (!pictures.every((picture) => picture !== undefined && picture.looks > 1))
      return [422, { error: 'Cannot attach files that have not finished processing.' }]
    const id = String(1000 + this.statuses.length)
    const made: Status = {
      id,
      text: text ?? '',
      in_reply_to_id,
      language,
      pictures: pictures.map((picture) => ({ type: picture!.type, bytes: picture!.bytes })),
      created_at: new Date().toISOString(),
      url: `${this.origin}/@olga/${id}`,
    }
    this.statuses.push(made)
    this.#known.set(key, made)
    return [200, made]
  }
}

export interface FeedPost {
  uri: string
  cid: string
  rkey: string
  record: {
    $type: string
    text: string
    createdAt: string
    langs?: string[]
    facets?: { index: { byteStart: number; byteEnd: number }; features: { uri: string }[] }[]
    embed?: { $type: string; images: { alt: string; image: { ref: { $link: string }; mimeType: string } }[] }
    reply?: { root: { uri: string; cid: string }; parent: { uri: string; cid: string } }
  }
}

/** A PDS: a record's key can be taken once. */
export class BlueskyDouble extends Double {
  readonly password = 'abcd-efgh-ijkl-mnop'
  readonly did = 'did:plc:z72i7hdynmk6r22z27h6tvur'
  readonly posts: FeedPost[] = []
  /** By the links that their records name them by. */
  readonly blobs = new Map<string, Buffer>()

  protected answer(asked: Asked, response: ServerResponse): unknown {
    const method = asked.url.pathname.replace('/xrpc/', '')
    if (method === 'com.atproto.server.createSession') {
      const { identifier, password } = JSON.parse(asked.body) as Record<string, string>
      const known = password === this.password && ['olga.example.com', this.did].includes(identifier ?? '')
      return known
        ? send(response, 200, {
            did: this.did,
            handle: 'olga.example.com',
            accessJwt: 'jwt',
            refreshJwt: 'r',
          })
        : send(response, 401, { error: 'AuthenticationRequired', message: 'Invalid identifier or password' })
    }
    if (asked.headers.authorization !== 'Bearer jwt') return send(response, 401, { error: 'AuthMissing' })
    if (method === 'com.atproto.repo.getRecord') {
      const found = this.posts.find(({ rkey }) => rkey === asked.url.searchParams.get('rkey'))
      return found
        ? send(response, 200, { uri: found.uri, cid: found.cid, value: found.record })
        : send(response, 400, { error: 'RecordNotFound', message: 'Could not locate record' })
    }
    if (method === 'com.atproto.repo.uploadBlob') {
      const link = `bafkrei${createHash('sha256').update(asked.bytes).digest('hex')}`
      this.blobs.set(link, asked.bytes)
      const [mimeType, size] = [asked.headers['content-type'], asked.bytes.length]
      return send(response, 200, { blob: { $type: 'blob', ref: { $link: link }, mimeType, size } })
    }
    if (method === 'com.atproto.repo.createRecord') return this.posting(response, () => this.#create(asked))
    return send(response, 501, { error: 'MethodNotImplemented' })
  }

  #create({ body }: Asked): [number, unknown] {
    const { rkey, record, repo, collection } = JSON.parse(body) as {
      rkey: string
      repo: string
      collection: string
      record: FeedPost['record']
    }
    const letters = [...new Intl.Segmenter('en').segment(record.text)].length
    if (
      repo !== this.did ||
      collection !== 'app.bsky.feed.post' ||
      record.$type !== collection ||
      !/^[2-7a-z]{13}$/.test(rkey)
    )
      return [400, { error: 'InvalidRequest', message: 'Invalid record' }]
    if (letters > 300 || Buffer.byteLength(record.text) > 3000)
      return [400, { error: 'InvalidRequest', message: 'Record/text must not be longer than 300 graphemes' }]
    if (record.embed?.images.some(({ image }) => !this.blobs.has(image.ref.$link)))
      return [400, { error: 'BlobNotFound', message: 'Could not find blob' }]
    if (this.posts.some((each) => each.rkey === rkey))
      return [500, { error: 'InternalServerError', message: 'Internal Server Error' }]
    const cid = `bafyrei${createHash('sha256').update(body).digest('hex')}`
    this.posts.push({ uri: `at://${repo}/${collection}/${rkey}`, cid, rkey, record })
    return [200, this.posts.at(-1)]
  }
}

/** Takes what it has not had yet: it knows a repetition by its `webhook-id`, as receivers of webhooks must. */
export class HookDouble extends Double {
  readonly taken = new Map<string, Asked>()

  protected answer(asked: Asked, response: ServerResponse): unknown {
    return this.posting(response, () => {
      const id = String(asked.headers['webhook-id'])
      if (!this.taken.has(id)) this.taken.set(id, asked)
      return [200, { publicUrl: `https://example.com/posts/${this.taken.size}` }]
    })
  }
}

/** Where pictures lie that posts name. */
export class PictureHost extends Double {
  readonly files = new Map<string, Buffer>()

  protected answer({ url }: Asked, response: ServerResponse): void {
    const file = this.files.get(url.pathname)
    // It takes everything for the same, as file servers do that know no type.
    response.writeHead(file ? 200 : 404, { 'content-type': 'application/octet-stream' }).end(file)
  }
}
