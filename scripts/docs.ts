/**
 * Makes docs/configuration.md from the settings' schema, docs/errors.md from the table of errors, and
 * docs/models.md from the catalogue.
 * `npm run docs` writes them; a test compares them, so they cannot go stale.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CATALOGUE, DEFAULT_MODEL } from '../src/adapters/models/catalogue.ts'
import { schema } from '../src/config/schema.ts'
import { ERRORS } from '../src/domain/errors.ts'

const docs = join(import.meta.dirname, '../docs')

/** The text in a cell of a table. */
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ')

function configuration(): string {
  const rows = Object.entries(schema.shape).map(([name, type]) => {
    const unset = type.safeParse(undefined)
    const fallback = defaultOf(type) ?? (unset.success ? '' : 'required')
    return `| \`${name}\` | ${fallback && `\`${fallback}\``} | ${cell(type.description ?? '')} |`
  })
  return `# Configuration

Settings are environment variables, read once at the start. Everything that is wrong with them is listed at
once, and nothing is started. A name that begins with \`EARSHOT_\` and is not in this table is an error too.

| name | default | meaning |
| --- | --- | --- |
${rows.join('\n')}

The usual \`AWS_*\` variables apply to \`s3://\` stores. This page is made from \`src/config/schema.ts\`.
`
}

/** What stands for an unset value, as it would be written. */
function defaultOf(type: unknown): string | undefined {
  const { def } = type as { def: { type: string; defaultValue?: unknown; innerType?: unknown } }
  return def.defaultValue === undefined ? undefined : String(def.defaultValue)
}

function errors(): string {
  const rows = Object.entries(ERRORS).map(([code, meaning]) => `| \`${code}\` | ${cell(meaning)} |`)
  return `# Errors

Every error has a stable code. Each API shows it in its own shape: SoScripted's as \`{"error": "text"}\`, Soku's
and the native one in Soku's envelope (with the code as \`details.reasonCode\`), OpenAI's in OpenAI's. Nothing
that ends in an error is charged.

| code | meaning |
| --- | --- |
${rows.join('\n')}

This page is made from \`src/domain/errors.ts\`.
`
}

const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`

function models(): string {
  const rows = CATALOGUE.map((m) => {
    const rate = m.wordErrorRate === null ? '' : `${m.wordErrorRate} %`
    const cells = [
      `\`${m.name}\``,
      cell(m.about),
      m.languages,
      rate,
      megabytes(m.bytes),
      `${m.memoryMb} MB`,
      m.licence,
    ]
    return `| ${cells.join(' | ')} |`
  })
  return `# Models

\`earshot models list\` shows the same and what is installed; \`pull\`, \`use\` and \`remove\` are in
[operating.md](operating.md). A model is fetched from its publisher's repository at a pinned commit, and every file
is checked against its SHA-256 before it is put in place; nothing is committed here.

## How to choose

| what you have | take |
| --- | --- |
| English, and 1.5 GB of memory | \`parakeet-v2\`: the lowest error rate here, punctuation, times of words |
| other European languages | \`parakeet-v3\`: the same in 25 languages, which it tells apart itself |
| any language | \`whisper-turbo\` with 2 GB a slot, else \`whisper-small\`, else \`${DEFAULT_MODEL}\` |
| Chinese, Cantonese, Japanese, Korean | \`sense-voice\`: small and very quick |
| a translation into English | \`whisper-large-v3\` or \`whisper-small\`; turbo and the English ones cannot |
| little memory, English | \`moonshine-base\`, or \`moonshine-tiny\` for drafts |

Where nothing is named, \`${DEFAULT_MODEL}\` serves: it is quick on any machine and knows every language. Each slot
(\`EARSHOT_SLOTS\`) is a process with the model in its own memory, so count the memory below once a slot.

Whisper and SenseVoice detect the language of each part by itself; what most of the recording is in is the
transcript's language (\`detectedLanguage\`, with \`languageConfidence\`), and a short part is not taken for another
one. Parakeet v3 writes what it hears without saying in which language. Canary and Cohere Transcribe detect nothing:
give \`language\`, or they take it for English.

## The catalogue

| name | about | languages | word error rate | download | memory a slot | licence |
| --- | --- | --- | --- | --- | --- | --- |
${rows.join('\n')}

Word error rates are averages over the English sets of the [Open ASR
Leaderboard](https://huggingface.co/spaces/hf-audio/open_asr_leaderboard), short form, of the full-precision models; an
empty cell was not published there. Memory is rough: weights and one part at work. This page is made from
\`src/adapters/models/catalogue.ts\`.
`
}

export const pages = (): Record<string, string> => ({
  [join(docs, 'configuration.md')]: configuration(),
  [join(docs, 'errors.md')]: errors(),
  [join(docs, 'models.md')]: models(),
})

if (process.argv[1] === import.meta.filename)
  for (const [path, text] of Object.entries(pages())) writeFileSync(path, text)
