/** OpenAI's client for Python, unmodified, as pip installs it. */
import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { makeMedia } from '../../support/media.ts'
import { pythonPackages } from '../../support/python-packages.ts'
import { toneAudio, toneProgramme } from '../../support/tone.ts'
import { toneServer } from '../../support/tone-server.ts'

const words = toneProgramme(12, 8)
const text = words.map((w) => w.word).join(' ')
/** Pinned; what it needs itself, pip chooses. */
const OPENAI = ['openai==3.57.0']

const PROGRAM = `
import json, sys
from openai import NotFoundError, OpenAI

path, base = sys.argv[1:]
client = OpenAI(base_url=base, max_retries=0)
audio = client.audio.transcriptions
plain = audio.create(model="whisper-1", file=open(path, "rb"))
verbose = audio.create(
    model="whisper-1",
    file=open(path, "rb"),
    language="en",
    response_format="verbose_json",
    timestamp_granularities=["word", "segment"],
)
srt = audio.create(model="whisper-1", file=open(path, "rb"), response_format="srt")
events = [e for e in audio.create(model="gpt-4o-transcribe", file=open(path, "rb"), stream=True)]
try:
    audio.create(model="none", file=open(path, "rb"))
    refused = None
except NotFoundError as error:
    refused = [error.status_code, error.code, error.param]
print(json.dumps({
    "text": plain.text,
    "seconds": plain.usage.seconds,
    "words": [[w.word, w.start] for w in verbose.words],
    "segments": [s.text for s in verbose.segments],
    "language": verbose.language,
    "srt": srt,
    "deltas": "".join(e.delta for e in events if e.type == "transcript.text.delta"),
    "done": [e.text for e in events if e.type == "transcript.text.done"],
    "models": [m.id for m in client.models.list()],
    "model": client.models.retrieve("whisper-1").id,
    "refused": refused,
}))
`

interface Heard {
  text: string
  seconds: number
  words: [string, number][]
  segments: string[]
  language: string
  srt: string
  deltas: string
  done: string[]
  models: string[]
  model: string
  refused: unknown
}

const packages = await pythonPackages('openai', OPENAI)
const server = toneServer()

it.skipIf(packages.missing)(
  `speaks to Earshot${packages.missing ? `: ${packages.missing}` : ''}`,
  async () => {
    const recording = await makeMedia(server.files, toneAudio(words, 8), { format: 'flac' })
    const program = join(server.files, 'program.py')
    await writeFile(program, PROGRAM)
    const { stdout } = await promisify(execFile)('python3', [program, recording, `${server.origin}/v1`], {
      env: { ...process.env, PYTHONPATH: packages.folder, OPENAI_API_KEY: server.apiKey },
    })
    const heard = JSON.parse(stdout) as Heard
    expect(heard).toMatchObject({ text, seconds: 8, language: 'english', deltas: text, done: [text] })
    expect(heard.words.map(([word]) => word)).toEqual(words.map(({ word }) => word))
    heard.words.forEach(([, start], k) => {
      expect(Math.abs(start - words[k]!.at)).toBeLessThan(0.06)
    })
    expect(heard.segments.map((each) => each.trim()).join(' ')).toBe(text)
    expect(heard.srt).toMatch(/^1\n00:00:\d\d,\d{3} --> /)
    expect(heard.models).toContain('whisper-1')
    expect(heard.model).toBe('whisper-1')
    expect(heard.refused).toEqual([404, 'model_not_found', 'model'])
  },
)
