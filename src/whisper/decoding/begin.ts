/** What comes before the text of a row, which says nothing of it. */
import type { WhisperSpec } from '../weights/spec.ts'
import type { Batch } from './batch.ts'
import type { Decoded, DecodeOptions, Decoder } from './decoder.ts'
import type { Sampler } from './sampler.ts'
import { floatsOf } from './sessions.ts'

/** Leads a batch up to its first word. @returns its rows, each with what the model thinks of it so far */
export async function begin(
  batch: Batch,
  decoder: Decoder,
  sampler: Sampler,
  { languages, candidates, task }: Pick<DecodeOptions, 'languages' | 'candidates' | 'task'>,
): Promise<Decoded[]> {
  const rows = unsaid(decoder, languages)
  const { specials } = await batch.run({ steps: 1, beams: 1, bias: sampler.bias(1, false), leaveAt: -1 })
  readStart(rows, floatsOf(specials), decoder.spec, candidates)
  batch.say(beginning(rows, decoder.spec, task))
  return rows
}

/** Nothing yet, of each row in the decoder's caches. */
const unsaid = ({ caches }: Decoder, languages: DecodeOptions['languages']): Decoded[] =>
  caches.positions.map((positions, i) => ({
    tokens: [],
    logs: [],
    endLog: undefined,
    ending: 'end',
    noSpeech: 0,
    language: languages[i],
    languageProbability: 1,
    attention: [],
    positions,
  }))

/** What the model thinks then: whether there is speech, and in which language. */
function readStart(
  rows: Decoded[],
  specials: Float32Array,
  { eot, noSpeech, multilingual }: WhisperSpec,
  candidates: readonly number[],
): void {
  const size = specials.length / rows.length
  rows.forEach((row, i) => {
    const log = (id: number): number => specials[i * size + id - eot]!
    row.noSpeech = Math.exp(log(noSpeech))
    if (!multilingual || row.language !== undefined) return
    const all = candidates.map((id) => ({ id, share: Math.exp(log(id)) }))
    const best = all.reduce((a, b) => (b.share > a.share ? b : a))
    row.language = best.id
    row.languageProbability = best.share / all.reduce((sum, { share }) => sum + share, 0)
  })
}

function beginning(rows: Decoded[], spec: WhisperSpec, task: DecodeOptions['task']): number[][] {
  return rows.map(({ language }) =>
    spec.multilingual ? [language!, spec[task], spec.noTimestamps] : [spec.noTimestamps],
  )
}
