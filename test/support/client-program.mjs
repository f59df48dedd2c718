/**
 * A program that uses `earshot/client` for all that it does. It runs as it stands in browsers, Node, Deno and workers,
 * so it may use nothing that one of them lacks.
 */

/**
 * @param {typeof import('../../src/client/index.ts')} client
 * @param {import('./client-task.ts').ClientTask} task
 * @returns what `expectSeen` of `client-task.ts` looks at
 */
export async function useClient(client, task) {
  const { Earshot } = client
  const { baseUrl, apiKey, recordingUrl } = task
  const earshot = new Earshot({ baseUrl, apiKey, maxRetries: 60 })
  const file = new File([await (await fetch(recordingUrl)).blob()], 'tönes.wav')
  const { mediaId, sent } = await uploadInTwo(earshot, file)
  const followed = await follow(client, task, mediaId)
  const done = await earshot.wait(followed.id)
  const docx = await earshot.export(done.id, 'docx')
  return {
    sent,
    ...followed,
    title: done.title,
    text: done.transcript?.text,
    srt: await earshot.export(done.id, 'srt'),
    docx: [...docx.slice(0, 2)],
    webhook: await webhooks(client, task),
    errors: await errors(client, task),
  }
}

/** Left in the middle, and taken up again. */
async function uploadInTwo(earshot, file) {
  const stop = new AbortController()
  let uploadId
  const left = await earshot
    .upload(file, {
      signal: stop.signal,
      onProgress: (progress) => {
        uploadId = progress.uploadId
        if (progress.sent > 0) stop.abort(new Error('enough'))
      },
    })
    .catch(({ message }) => message)
  if (left !== 'enough') throw new Error(`the upload ended: ${left}`)
  const sent = []
  const mediaId = await earshot.upload(file, {
    uploadId,
    onProgress: (now) => sent.push(now.sent / now.total),
  })
  return { mediaId, sent }
}

/** All events, over a connection that breaks right behind the first segment. */
async function follow({ Earshot }, { baseUrl, apiKey }, mediaId) {
  let connections = 0
  const earshot = new Earshot({
    baseUrl,
    apiKey,
    fetch: async (url, init) => {
      const response = await fetch(url, init)
      if (!url.endsWith('/events') || connections++ > 0) return response
      return new Response(brokenBehind(response.body, 'event: segment'), response)
    },
  })
  const kinds = new Set()
  const segments = []
  let id = ''
  for await (const event of earshot.stream({ mediaId }, { language: 'en' })) {
    kinds.add(event.type)
    if (event.type === 'created') id = event.transcription.id
    if (event.type === 'segment') segments.push([event.index, event.text])
  }
  return { id, connections, kinds: [...kinds], segments }
}

/** A stream that fails right behind the block in which `mark` comes first. */
function brokenBehind(body, mark) {
  const pieces = untilBehind(body, mark)
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await pieces.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
  })
}

async function* untilBehind(body, mark) {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let text = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    const before = text.length
    text += decoder.decode(value, { stream: true })
    const at = text.indexOf(mark)
    const end = at === -1 ? -1 : text.indexOf('\n\n', at)
    yield end === -1 ? value : new TextEncoder().encode(text.slice(before, end + 2))
    if (end === -1) continue
    await reader.cancel()
    throw new TypeError('the connection broke')
  }
}

async function webhooks({ verifyWebhook, WebhookError }, { webhook: { body, headers, secret } }) {
  const { type } = await verifyWebhook(body, new Headers(headers), secret)
  const forged = await verifyWebhook(`${body} `, headers, secret).catch((error) => error)
  return [type, forged instanceof WebhookError]
}

/** Of each kind one, as it is told apart. */
async function errors(client, { baseUrl, apiKey, nobody, cancelledId }) {
  const { ApiError, ConnectionError, Earshot, EarshotError, TranscriptionError } = client
  const caught = async (work) => {
    const error = await work.catch((cause) => cause)
    if (!(error instanceof EarshotError)) return String(error)
    if (error instanceof ApiError) return ['api', error.status, error.code, typeof error.requestId]
    if (error instanceof TranscriptionError) return ['transcription', error.code, error.transcription.id]
    return error instanceof ConnectionError ? ['connection'] : [error.name]
  }
  const clientWith = (options) => new Earshot({ baseUrl, apiKey, maxRetries: 0, ...options })
  return [
    await caught(clientWith({ apiKey: 'wrong' }).credits()),
    await caught(clientWith({ baseUrl: nobody }).credits()),
    await caught(clientWith({}).wait(cancelledId)),
    await caught(clientWith({}).upload(new File(['no sound'], 'a.txt'))),
  ]
}
