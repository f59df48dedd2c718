/** What a newcomer pastes into a terminal or a file: the page's own address, and a key where one is at hand. */

export const LANGUAGES = ['curl', 'JavaScript', 'Python'] as const
export type ExampleLanguage = (typeof LANGUAGES)[number]

export const PURPOSES = ['file', 'link'] as const
export type Purpose = (typeof PURPOSES)[number]

interface Place {
  origin: string
  apiKey: string
}

const FILE = 'interview.mp3'
const LINK = 'https://www.youtube.com/watch?v=dQw4w9WgXcQ'

type Example = (place: Place) => string

const EXAMPLES: Record<Purpose, Record<ExampleLanguage, Example>> = {
  file: {
    curl: ({ origin, apiKey }) => `curl ${origin}/v1/audio/transcriptions \\
  -H "Authorization: Bearer ${apiKey}" \\
  -F file=@${FILE} \\
  -F model=whisper-1 \\
  -F response_format=text`,
    JavaScript: ({ origin, apiKey }) => `import { openAsBlob } from 'node:fs'

const form = new FormData()
form.set('file', await openAsBlob('${FILE}'), '${FILE}')
form.set('model', 'whisper-1')

const answer = await fetch('${origin}/v1/audio/transcriptions', {
  method: 'POST',
  headers: { Authorization: 'Bearer ${apiKey}' },
  body: form,
})
const { text, error } = await answer.json()
console.log(error?.message ?? text)`,
    Python: ({ origin, apiKey }) => `import requests  # pip install requests

answer = requests.post(
    "${origin}/v1/audio/transcriptions",
    headers={"Authorization": "Bearer ${apiKey}"},
    files={"file": open("${FILE}", "rb")},
    data={"model": "whisper-1"},
    timeout=600,
)
print(answer.json()["text"] if answer.ok else answer.text)`,
  },
  link: {
    curl: ({ origin, apiKey }) => `curl ${origin}/api/public/transcribe \\
  -H "Authorization: Bearer ${apiKey}" \\
  -H "Content-Type: application/json" \\
  -d '{"url": "${LINK}"}'`,
    JavaScript: ({ origin, apiKey }) => `const answer = await fetch('${origin}/api/public/transcribe', {
  method: 'POST',
  headers: {
    Authorization: 'Bearer ${apiKey}',
    'Content-Type': 'application/json',
  },
  body: JSON.stringify({ url: '${LINK}' }),
})
console.log(await answer.json())`,
    Python: ({ origin, apiKey }) => `import requests  # pip install requests

answer = requests.post(
    "${origin}/api/public/transcribe",
    headers={"Authorization": "Bearer ${apiKey}"},
    json={"url": "${LINK}"},
    timeout=600,
)
print(answer.json())`,
  },
}

/** Stands where a key belongs as long as none was made on this page: keys are shown once. */
export const PLACEHOLDER = 'YOUR_API_KEY'

export const example = (purpose: Purpose, language: ExampleLanguage, place: Place): string =>
  EXAMPLES[purpose][language](place)
