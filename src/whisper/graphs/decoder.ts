import type { WhisperSpec } from '../weights/spec.ts'
import { CARRIED, type Choice, choose, lastTexts, TOLD } from './choice.ts'
import { attendCross, attentionType, crossScales, crossValues, unfoldStates } from './cross-attention.ts'
import { cacheNames, feedForward, HEAD, type LayerContext, normalise, project, split } from './layers.ts'
import { BOOL, FLOAT, type GraphBuilder, INT64, MICROSOFT, type Value } from './onnx.ts'
import { type VocabularyMatrix, vocabularyMatrix } from './vocabulary-matrix.ts'

/**
 * The decoder as a loop: several tokens of several texts of several sounds in one call.
 *
 * Node copies every output that it is asked for into fresh memory, so a step that hands its caches back costs
 * 15.4 ms for eight rows of 30 s where the loop takes 10.9.
 *
 * Inputs: those of `CARRIED`; `max`, steps at most; `beams` [1], texts that each sound is to have; `slack`, `stop` and
 * `apart`, as `choose` has them; `bias` [1 or B, 1, end + 1], added to the logits of the text tokens and the end token;
 * `pk{i}`, `pv{i}` [B, heads, P, 64], the caches; `ck{i}`, `cv{i}` with their scales, or `cs`: the encoder's, padded to
 * the longest row; `mask` [B, 1, 1, S], 0 or a large negative number.
 *
 * Outputs: those of `CARRIED`, as `next_{name}`; `specials` [B, texts, vocabulary − end], the logarithm of the probability
 * of the end token and of each one after it; the caches as `nk{i}`, `nv{i}`; those of `TOLD`; and `attention`
 * [steps, B, texts, alignment heads, S], of each text before its next token.
 */
export function decoderGraph(context: LayerContext, spec: WhisperSpec): Buffer {
  const { graph, weights } = context
  const { decoderLayers: layers, heads, vocabulary } = weights.shape
  const caches = cacheNames(layers)
  const step = oneStep(context, spec)
  const inner = (prefix: string): Value[] =>
    caches.map((name) => ({ name: `b_${prefix}${name}`, type: FLOAT }))
  const body = graph.body(
    [
      { name: 'b_turn', type: INT64, dims: [] },
      { name: 'b_going', type: BOOL, dims: [] },
      ...CARRIED.map(({ name, type }) => ({ name: `b_${name}`, type })),
      { name: 'b_specials_before', type: FLOAT },
      ...inner('p'),
    ],
    [
      { name: step.goesOn, type: BOOL, dims: [] },
      ...CARRIED.map(({ name, type }) => ({ name: step.next[name]!, type })),
      { name: step.specials, type: FLOAT },
      ...inner('n'),
      ...TOLD.map(({ name, type }) => ({ name: step.told[name]!, type })),
      { name: step.attention, type: attentionType(context.cross) },
    ],
  )
  const around = { ...context, graph: graph.around() }
  return outer(around, { body, caches, heads, specials: vocabulary - spec.eot, end: spec.eot })
}

interface Outer {
  body: ReturnType<GraphBuilder['body']>
  caches: string[]
  heads: number
  specials: number
  end: number
}

function outer(context: LayerContext, { body, caches, heads, specials, end }: Outer): Buffer {
  const { graph: whole, cross: kind } = context
  if (kind === 'states') unfoldStates(context)
  const yes = whole.constant({ data: Uint8Array.of(1), dims: [], type: BOOL })
  const nothing = whole.constant({ data: new Float32Array(specials), dims: [1, 1, specials] })
  const named = (prefix: string): string[] => caches.map((name) => prefix + name)
  const names = (of: readonly Value[], prefix = ''): string[] => of.map(({ name }) => prefix + name)
  whole.nodes('Loop', ['max', yes, ...names(CARRIED), nothing, ...named('p')], {
    outputs: [...names(CARRIED, 'next_'), 'specials', ...named('n'), ...names(TOLD), 'attention'],
    attributes: { body },
  })
  const cache = (name: string, length: string): Value => ({
    name,
    type: FLOAT,
    dims: ['batch', heads, length, HEAD],
  })
  return whole.model(
    [
      ...CARRIED,
      { name: 'max', type: INT64, dims: [] },
      { name: 'beams', type: INT64, dims: [1] },
      { name: 'slack', type: FLOAT, dims: [] },
      { name: 'stop', type: INT64, dims: [] },
      { name: 'apart', type: FLOAT, dims: [1, 1, 'beams', 'beams'] },
      { name: 'bias', type: FLOAT, dims: ['biases', 1, end + 1] },
      { name: 'mask', type: FLOAT, dims: ['batch', 1, 1, 'positions'] },
      ...named('p').map((name) => cache(name, 'past')),
      ...crossValues(context),
      ...crossScales(context, ['batch', 1, 1, 1]),
    ],
    [
      ...CARRIED.map(({ name, type, dims }) => ({
        name: `next_${name}`,
        type,
        dims: dims!.map((d) => (typeof d === 'string' && d !== 'batch' ? `next_${d}` : d)),
      })),
      { name: 'specials', type: FLOAT, dims: ['batch', 'texts', specials] },
      ...named('n').map((name) => cache(name, 'present')),
      ...TOLD,
      {
        name: 'attention',
        type: attentionType(kind),
        dims: ['steps', 'batch', 'texts', 'alignment', 'positions'],
      },
    ],
  )
}

interface Step extends Choice {
  specials: string
  attention: string
}

function oneStep(context: LayerContext, spec: WhisperSpec): Step {
  const { graph, weights } = context
  const words = vocabularyMatrix(context)
  let x = embed(context, words)
  const attention: string[] = []
  for (let i = 0; i < weights.shape.decoderLayers; i++) {
    x = selfAttention(context, x, i)
    const cross = crossAttention(context, x, i)
    x = feedForward(context, cross.x, `decoder/layer_${i}`)
    const heads = spec.alignmentHeads.flatMap(([layer, head]) => (layer === i ? [head] : []))
    if (heads.length > 0)
      attention.push(
        graph.node('Gather', [cross.attention, graph.longs(...heads)], { attributes: { axis: 1 } }),
      )
  }
  const logits = words.logitsOf(normalise(context, lastTexts(graph, x, 1), 'decoder/layer_norm'))
  const logs = graph.node('LogSoftmax', [logits], { attributes: { axis: -1 } })
  const aligned = lastTexts(graph, graph.node('Concat', attention, { attributes: { axis: 1 } }), 2)
  const all = graph.longs(Number.MAX_SAFE_INTEGER)
  return {
    ...choose(graph, logs, spec.eot),
    specials: graph.node('Slice', [logs, graph.longs(spec.eot), all, graph.longs(2)]),
    attention: graph.node('Transpose', [aligned], { attributes: { perm: [0, 2, 1, 3] } }),
  }
}

/** The rows of the tokens, plus those of their positions. */
function embed({ graph, weights }: LayerContext, words: VocabularyMatrix): string {
  const name = 'decoder/position_encodings/encodings'
  const positions = graph.constant({ data: weights.read(name), dims: weights.dims(name)! })
  return graph.node('Add', [words.rowsOf('b_tokens'), graph.node('Gather', [positions, 'b_places'])])
}

function selfAttention(context: LayerContext, x: string, i: number): string {
  const { graph, weights } = context
  const name = `decoder/layer_${i}/self_attention`
  const normal = normalise(context, x, `${name}/layer_norm`)
  const parts = split(graph, project(context, normal, `${name}/linear_0`), 3)
  const attended = graph.fresh('attended')
  graph.nodes('MultiHeadAttention', [...parts, '', '', 'b_see', `b_pk${i}`, `b_pv${i}`], {
    domain: MICROSOFT,
    outputs: [attended, `b_nk${i}`, `b_nv${i}`],
    attributes: { num_heads: weights.shape.heads },
  })
  return graph.node('Add', [x, project(context, attended, `${name}/linear_1`)])
}

function crossAttention(context: LayerContext, x: string, i: number): { x: string; attention: string } {
  const { graph } = context
  const name = `decoder/layer_${i}/attention`
  const normal = normalise(context, x, `${name}/layer_norm`)
  // 1 / √64 is a power of two: multiplied into the weights, nothing is rounded.
  const queries = project(context, normal, `${name}/linear_0`, 1 / 8)
  const { mixed, attention } = attendCross(context, queries, i)
  return { x: graph.node('Add', [x, project(context, mixed, `${name}/linear_2`)]), attention }
}
