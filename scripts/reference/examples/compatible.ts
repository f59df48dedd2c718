/** The APIs that other clients speak. */
import { type Example, IDS, ORIGIN, SAMPLE_FILE } from '../example.ts'

const openai = {
  typescript: `import OpenAI from 'openai'

const openai = new OpenAI({ apiKey: process.env.EARSHOT_KEY, baseURL: '${ORIGIN}/v1' })
`,
  python: `import os
from openai import OpenAI

client = OpenAI(api_key=os.environ["EARSHOT_KEY"], base_url="${ORIGIN}/v1")
`,
}

const audio = (resource: string): Example => ({
  form: { file: `@${SAMPLE_FILE}`, model: 'whisper-1' },
  typescript: `import { createReadStream } from 'node:fs'
${openai.typescript}
const { text } = await openai.audio.${resource}.create({
  file: createReadStream('${SAMPLE_FILE}'),
  model: 'whisper-1',
})
console.log(text)`,
  python: `${openai.python}
with open("${SAMPLE_FILE}", "rb") as file:
    answer = client.audio.${resource}.create(model="whisper-1", file=file)
print(answer.text)`,
})

export const compatibleExamples: Record<string, Example> = {
  'POST /v1/audio/transcriptions': audio('transcriptions'),
  'POST /v1/audio/translations': audio('translations'),
  'GET /v1/models': {
    typescript: `${openai.typescript}
for await (const { id } of openai.models.list()) console.log(id)`,
    python: `${openai.python}
for model in client.models.list():
    print(model.id)`,
  },
  'GET /v1/models/{model}': {
    path: { model: 'whisper-1' },
    typescript: `${openai.typescript}
console.log(await openai.models.retrieve('whisper-1'))`,
    python: `${openai.python}
print(client.models.retrieve("whisper-1"))`,
  },
  'GET /v1/models/{model}/{name}': { path: { model: 'Systran', name: 'faster-whisper-small' } },
  'POST /v1/ai/transcribe': { json: { mediaId: IDS.media, language: 'en' } },
  'POST /api/public/transcribe': { json: { url: 'https://www.youtube.com/watch?v=jNQXAC9IVRw' } },
  'GET /api/public/library': { query: { limit: '20' } },
  'GET /api/public/library/{id}': { path: { id: IDS.transcription } },
  'DELETE /api/public/library/{id}': { path: { id: IDS.transcription } },
  'POST /v1/listen': {
    query: { punctuate: 'true' },
    file: { path: SAMPLE_FILE, type: 'audio/flac' },
  },
  'POST /asr': { query: { output: 'srt' }, form: { audio_file: `@${SAMPLE_FILE}` }, answer: 'text' },
  'POST /detect-language': { form: { audio_file: `@${SAMPLE_FILE}` } },
  'POST /inference': { form: { file: `@${SAMPLE_FILE}`, response_format: 'json' } },
  'POST /mcp': {
    headers: { Accept: 'application/json, text/event-stream' },
    json: { jsonrpc: '2.0', id: 1, method: 'tools/list' },
    answer: 'text',
  },
}

export const operationExamples: Record<string, Example> = {
  'GET /healthz': {},
  'GET /readyz': {},
  'GET /metrics': { answer: 'text' },
  'GET /openapi.json': {},
}
