import type { WhisperSpec } from '../weights/spec.ts'
import { attendCross, attentionType, crossScales, crossValues, unfoldStates } from './cross-attention.ts'
import { cacheNames, feedForward, HEAD, type LayerContext, normalise, project, split } from './layers.ts'
import { BOOL, FLOAT, type GraphBuilder, INT64, MICROSOFT, type Value } from './onnx.ts'
import { type VocabularyMatrix, vocabularyMatrix } from './vocabulary-matrix.ts'

/**
 * The decoder as a loop: several tokens of several rows in one call, greedily.
 *
 * Node copies every output that it is asked for into fresh memory, so a step that hands its caches back costs
 * 15.4 ms for eight rows of 30 s where the loop takes 10.9.
 *
 * Inputs: `tokens` [B, L], what to say next; `done` [B], rows that have ended; `max`, steps at most; `stop`: leave
 * when no more than so many rows are alive; `bias` [1 or B, end + 1], added to the logits of the text tokens and
 * the end token; `pk{i}`, `pv{i}` [B, heads, P, 64], the caches; `ck{i}`, `cv{i}` with their scales, or `cs`: the
 * encoder's, padded to the longest row; `mask` [B, 1, 1, S], 0 or a large negative number.
 *
 * Outputs: `next` [B, 1]; `ended` [B]; `specials` [B, vocabulary − end], the logarithm of the probability of the end
 * token and of each one after it at the last position; `best` and `bestLogs` [B, 6], the likeliest tokens there and the
 * logarithms of their probabilities; the caches as `nk{i}`, `nv{i}`; and for each step n: `ids`
 * [n, B], `logs` [n, B] (logarithm of the probability), `attention` [n, B, alignment heads, S].
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
      { name: 'b_tokens', type: INT64 },
      { name: 'b_done', type: BOOL },
      { name: 'b_specials_before', type: FLOAT },
      { name: 'b_candidates_before', type: FLOAT },
      ...inner('p'),
    ],
    [
      { name: step.goesOn, type: BOOL, dims: [] },
      { name: step.next, type: INT64 },
      { name: step.ended, type: BOOL },
      { name: step.specials, type: FLOAT },
      { name: step.candidates, type: FLOAT },
      ...inner('n'),
      { name: step.ids, type: INT64 },
      { name: step.logs, type: FLOAT },
      { name: step.attention, type: attentionType(context.cross) },
    ],
  )
  const around = { ...context, graph: graph.around() }
  return outer(around, { body, caches, heads, specials: vocabulary - spec.eot, end: spec.eot })
}

/** How many of the likeliest tokens are told. */
export const CANDIDATES = 6

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
  const nothing = whole.constant({ data: new Float32Array(specials), dims: [1, specials] })
  const named = (prefix: string): string[] => caches.map((name) => prefix + name)
  // The bias stands where candidates will stand.
  whole.nodes('Loop', ['max', yes, 'tokens', 'done', nothing, 'bias', ...named('p')], {
    outputs: ['next', 'ended', 'specials', 'candidates', ...named('n'), 'ids', 'logs', 'attention'],
    attributes: { body },
  })
  whole.nodes('TopK', ['candidates', whole.longs(CANDIDATES)], { outputs: ['bestLogs', 'best'] })
  const cache = (name: string, length: string): Value => ({
    name,
    type: FLOAT,
    dims: ['batch', heads, length, HEAD],
  })
  return whole.model(
    [
      { name: 'tokens', type: INT64, dims: ['batch', 'length'] },
      { name: 'done', type: BOOL, dims: ['batch'] },
      { name: 'max', type: INT64, dims: [] },
      { name: 'stop', type: INT64, dims: [] },
      { name: 'bias', type: FLOAT, dims: ['biases', end + 1] },
      { name: 'mask', type: FLOAT, dims: ['batch', 1, 1, 'positions'] },
      ...named('p').map((name) => cache(name, 'past')),
      ...crossValues(context),
      ...crossScales(context, ['batch', 1, 1, 1]),
    ],
    [
      { name: 'next', type: INT64, dims: ['batch', 1] },
      { name: 'ended', type: BOOL, dims: ['batch'] },
      { name: 'specials', type: FLOAT, dims: ['batch', specials] },
      { name: 'best', type: INT64, dims: ['batch', CANDIDATES] },
      { name: 'bestLogs', type: FLOAT, dims: ['batch', CANDIDATES] },
      ...named('n').map((name) => cache(name, 'present')),
      { name: 'ids', type: INT64, dims: ['steps', 'batch'] },
      { name: 'logs', type: FLOAT, dims: ['steps', 'batch'] },
      { name: 'attention', type: attentionType(kind), dims: ['steps', 'batch', 'alignment', 'positions'] },
    ],
  )
}

interface Step {
  goesOn: string
  next: string
  ended: string
  specials: string
  candidates: string
  ids: string
  logs: string
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
  const last = lastOf(graph, normalise(context, lastOf(graph, x, 1, true), 'decoder/layer_norm'), 1)
  const logits = words.logitsOf(last)
  const aligned = graph.node('Concat', attention, { attributes: { axis: 1 } })
  return { ...choose(context, spec, logits), attention: lastOf(graph, aligned, 2) }
}

/** The rows of the tokens, plus their positions. */
function embed({ graph, weights }: LayerContext, words: VocabularyMatrix): string {
  const rows = words.rowsOf('b_tokens')
  const name = 'decoder/position_encodings/encodings'
  const positions = graph.constant({ data: weights.read(name), dims: weights.dims(name)! })
  const past = graph.node('Shape', ['b_pk0'], { attributes: { start: 2, end: 3 } })
  const length = graph.node('Shape', ['b_tokens'], { attributes: { start: 1, end: 2 } })
  const to = graph.node('Add', [past, length])
  return graph.node('Add', [rows, graph.node('Slice', [positions, past, to, graph.longs(0)])])
}

function selfAttention(context: LayerContext, x: string, i: number): string {
  const { graph, weights } = context
  const name = `decoder/layer_${i}/self_attention`
  const normal = normalise(context, x, `${name}/layer_norm`)
  const parts = split(graph, project(context, normal, `${name}/linear_0`), 3)
  const attended = graph.fresh('attended')
  graph.nodes('MultiHeadAttention', [...parts, '', '', '', `b_pk${i}`, `b_pv${i}`], {
    domain: MICROSOFT,
    outputs: [attended, `b_nk${i}`, `b_nv${i}`],
    attributes: { num_heads: weights.shape.heads, unidirectional: 1 },
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

/** The last of an axis; the axis goes unless it is kept. */
function lastOf(graph: GraphBuilder, x: string, axis: number, keep = false): string {
  if (!keep) return graph.node('Gather', [x, graph.long(-1)], { attributes: { axis } })
  return graph.node('Gather', [x, graph.longs(-1)], { attributes: { axis } })
}

/** The likeliest token of each row, and whether the loop goes on. */
function choose({ graph }: LayerContext, { eot }: WhisperSpec, logits: string): Omit<Step, 'attention'> {
  const logs = graph.node('LogSoftmax', [logits], { attributes: { axis: -1 } })
  const slice = (from: number, to: number): string =>
    graph.node('Slice', [logs, graph.longs(from), graph.longs(to), graph.longs(1)])
  const text = graph.node('Add', [slice(0, eot + 1), 'bias'])
  const best = graph.node('ArgMax', [text], { attributes: { axis: -1, keepdims: 1 } })
  const log = graph.node('GatherElements', [logs, best], { attributes: { axis: 1 } })
  const end = graph.long(eot)
  const ids = graph.node('Where', ['b_done', end, graph.node('Squeeze', [best, graph.longs(1)])])
  const ended = graph.node('Or', ['b_done', graph.node('Equal', [ids, end])])
  const alive = graph.node(
    'ReduceSum',
    [graph.node('Cast', [graph.node('Not', [ended])], { attributes: { to: INT64 } })],
    { attributes: { keepdims: 0 } },
  )
  return {
    goesOn: graph.node('Greater', [alive, 'stop']),
    next: graph.node('Unsqueeze', [ids, graph.longs(1)]),
    ended,
    specials: slice(eot, Number.MAX_SAFE_INTEGER),
    candidates: text,
    ids,
    logs: graph.node('Squeeze', [log, graph.longs(1)]),
  }
}
