/** A step of the search for the likeliest texts: which of them go on, and with which tokens. */
import { FLOAT, type GraphBuilder, INT64, type Value } from './onnx.ts'

/** Far below any sum of logarithms, and still finite: that of a text that does not go on. */
export const DEAD = -1e30
/** Sums of logarithms above this are some text's. */
const ALIVE = DEAD / 2
export const isAlive = (sum: number): boolean => sum > ALIVE
/** Attention to what a text has not said: none. */
export const UNSEEN = -1e9

/**
 * What goes from step to step, beside the caches. `batch` are sounds, `texts` those of each that were carried on so far;
 * of each text one token comes in, or before the first of them `length` tokens of the only one.
 *
 * All tokens of a sound's texts are in its caches, and each text sees its own: so none is ever copied when two texts go
 * on from the same one, and the encoder's keys and values are read once for all.
 */
export const CARRIED: readonly Value[] = [
  { name: 'tokens', type: INT64, dims: ['batch', 'length'] },
  /** Their positions. */
  { name: 'places', type: INT64, dims: ['length'] },
  /** 0 where a token sees another one, which may be itself; else `UNSEEN`. */
  { name: 'see', type: FLOAT, dims: ['batch', 1, 'length', 'all'] },
  /** Of the logarithms of each text; `DEAD`: it does not go on. */
  { name: 'sums', type: FLOAT, dims: ['batch', 'texts'] },
  /** How many texts have ended. */
  { name: 'ended', type: INT64, dims: ['batch', 1] },
]

/** What a step tells, by name: of each of the `beams` texts that were chosen, and of each that they go on from. */
export const TOLD: readonly Value[] = [
  /** The tokens; −1: the text does not go on. */
  { name: 'ids', type: INT64, dims: ['steps', 'batch', 'beams'] },
  /** Which text it goes on from. */
  { name: 'parents', type: INT64, dims: ['steps', 'batch', 'beams'] },
  /** The logarithm of the token's probability. */
  { name: 'logs', type: FLOAT, dims: ['steps', 'batch', 'beams'] },
  /** That of the end token after a text that ends here; else `DEAD`. */
  { name: 'ends', type: FLOAT, dims: ['steps', 'batch', 'texts'] },
]

export interface Choice {
  /** By the names of `CARRIED`. */
  next: Record<string, string>
  /** By the names of `TOLD`. */
  told: Record<string, string>
  goesOn: string
}

/**
 * Each text goes on in its likeliest ways, and of all ways those are taken whose sums of logarithms are highest, but none
 * that lies `slack` below the best. A text ends where its end is likelier than the last way that is taken. When as many
 * have ended as are carried on, all is said.
 *
 * From outside: `beams` [1], texts to be carried on; `slack`; `bias`, added before choosing; `apart` [1, 1, beams, beams],
 * new tokens that see only themselves; `stop`, leave when no more than so many sounds go on.
 * @param logs [batch, texts, vocabulary]
 */
export function choose(graph: GraphBuilder, logs: string, end: number): Choice {
  const ways = waysOf(graph, logs, end)
  const best = graph.node('ReduceMax', [ways.rank, graph.longs(1)], { attributes: { keepdims: 1 } })
  const far = graph.node('Less', [ways.rank, graph.node('Sub', [best, 'slack'])])
  const out = graph.node('Or', [ways.isEnd, far])
  const rank = graph.node('Where', [out, graph.number(DEAD), ways.rank])
  const [most, at] = pair(graph, 'TopK', [rank, 'beams'])
  const taken = (of: string): string => graph.node('GatherElements', [of, at], { attributes: { axis: 1 } })
  const last = graph.node('Gather', [most, graph.longs(-1)], { attributes: { axis: 1 } })
  const near = graph.node('Not', [far])
  const ahead = graph.node('And', [near, graph.node('Greater', [ways.rank, last])])
  const ended = endings(graph, ways, graph.node('And', [ways.isEnd, ahead]))
  const sums = taken(ways.sums)
  const dead = graph.node('Or', [
    graph.node('GreaterOrEqual', [ended.count, 'beams']),
    graph.node('Less', [most, graph.number(ALIVE)]),
  ])
  const parents = graph.node('Div', [at, ways.each])
  const ids = taken(ways.ids)
  return {
    next: {
      tokens: graph.node('Where', [dead, graph.long(end), ids]),
      places: placesAfter(graph),
      see: seenAfter(graph, parents),
      sums: graph.node('Where', [dead, graph.number(DEAD), sums]),
      ended: ended.count,
    },
    told: {
      ids: graph.node('Where', [dead, graph.long(-1), ids]),
      parents,
      logs: taken(ways.logs),
      ends: ended.logs,
    },
    goesOn: graph.node('Greater', [soundsAlive(graph, dead), 'stop']),
  }
}

/** How the texts of a sound may go on, [batch, texts × each]. */
interface Ways {
  ids: string
  logs: string
  sums: string
  /** The sums, with what is added before choosing. */
  rank: string
  isEnd: string
  /** How many ways of each text, one more than are taken, since one may be its end. */
  each: string
}

function waysOf(graph: GraphBuilder, logs: string, end: number): Ways {
  const each = graph.node('Add', ['beams', graph.longs(1)])
  const words = graph.node('Slice', [logs, graph.longs(0), graph.longs(end + 1), graph.longs(2)])
  const [ranks, ids] = pair(graph, 'TopK', [graph.node('Add', [words, 'bias']), each])
  const own = graph.node('GatherElements', [words, ids], { attributes: { axis: 2 } })
  const before = graph.node('Unsqueeze', ['b_sums', graph.longs(2)])
  const flat = (x: string): string => graph.node('Reshape', [x, graph.longs(0, -1)])
  const flatIds = flat(ids)
  return {
    ids: flatIds,
    logs: flat(own),
    sums: flat(graph.node('Add', [own, before])),
    rank: flat(graph.node('Add', [ranks, before])),
    isEnd: graph.node('Equal', [flatIds, graph.long(end)]),
    each,
  }
}

/** What has ended by now. @param ending [batch, ways] */
function endings(graph: GraphBuilder, ways: Ways, ending: string) {
  const count = graph.node('ReduceSum', [toInteger(graph, ending), graph.longs(1)], {
    attributes: { keepdims: 1 },
  })
  const byText = graph.node('Reshape', [
    graph.node('Where', [ending, ways.logs, graph.number(DEAD)]),
    graph.node('Concat', [graph.longs(0, -1), ways.each], { attributes: { axis: 0 } }),
  ])
  return {
    count: graph.node('Add', ['b_ended', count]),
    /** [batch, texts] */
    logs: graph.node('ReduceMax', [byText, graph.longs(2)], { attributes: { keepdims: 0 } }),
  }
}

/** One further, the same for all. */
function placesAfter(graph: GraphBuilder): string {
  const last = graph.node('Gather', ['b_places', graph.longs(-1)])
  return graph.node('Expand', [graph.node('Add', [last, graph.long(1)]), 'beams'])
}

/** A text sees what the one sees that it goes on from, and its new token. */
function seenAfter(graph: GraphBuilder, parents: string): string {
  const texts = lastTexts(graph, 'b_see', 2)
  const of = (from: number, to: number): string =>
    graph.node('Shape', ['b_see'], { attributes: { start: from, end: to } })
  const shape = (...lengths: string[]): string => graph.node('Concat', lengths, { attributes: { axis: 0 } })
  const rows = graph.node('Unsqueeze', [parents, graph.longs(1, 3)])
  const places = graph.node('Expand', [rows, shape(of(0, 2), 'beams', of(3, 4))])
  const before = graph.node('GatherElements', [texts, places], { attributes: { axis: 2 } })
  const own = graph.node('Expand', ['apart', shape(of(0, 2), 'beams', 'beams')])
  return graph.node('Concat', [before, own], { attributes: { axis: 3 } })
}

/** The last of an axis, as many as there are texts. */
export function lastTexts(graph: GraphBuilder, x: string, axis: number): string {
  const texts = graph.node('Shape', ['b_sums'], { attributes: { start: 1, end: 2 } })
  const to = graph.longs(Number.MAX_SAFE_INTEGER)
  return graph.node('Slice', [x, graph.node('Neg', [texts]), to, graph.longs(axis)])
}

function soundsAlive(graph: GraphBuilder, dead: string): string {
  const texts = toInteger(graph, graph.node('Not', [dead]))
  const sounds = graph.node('ReduceMax', [texts, graph.longs(1)], { attributes: { keepdims: 0 } })
  return graph.node('ReduceSum', [sounds], { attributes: { keepdims: 0 } })
}

const toInteger = (graph: GraphBuilder, x: string): string =>
  graph.node('Cast', [x], { attributes: { to: INT64 } })

function pair(graph: GraphBuilder, op: string, inputs: readonly string[]): [string, string] {
  const outputs = [graph.fresh(op), graph.fresh(op)] as const
  graph.nodes(op, inputs, { outputs, attributes: { axis: -1 } })
  return [...outputs]
}
