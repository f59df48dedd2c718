import { FLOAT, intAttribute, longs, node, tensor } from '../onnx/build.ts'
import type { OnnxGraph, OnnxNode } from '../onnx/graph.ts'
import { Piece } from '../onnx/piece.ts'

/**
 * Caches as long as the text so far. sherpa-onnx's models hand the keys and values of all tokens from step to
 * step in room for the longest text, 448 tokens, and copy all of it several times for every token: with short
 * parts that is most of the decoder's work. As sherpa-onnx hands on what it is given, the room may be smaller:
 * the tokens so far, and one more row, which the next token is written into. Of the full room that the prompt
 * comes with, only the rows it needs are taken.
 *
 * It relies on three things that its export does (scripts/whisper/export-onnx.py): a layer writes its own rows
 * and no others, from the first to the newest; it reads no further than the newest; and after the prompt,
 * tokens come one at a time.
 * @returns whether it changed something
 */
export function shortenCaches(graph: OnnxGraph): boolean {
  const found = ['k', 'v'].map((which) => findCache(graph, which))
  if (!found.every((cache) => cache !== undefined)) return false
  for (const cache of found) shorten(graph, cache)
  const piece = new Piece('earshot_rows')
  const end = piece.op('Add', ['offset', piece.length('tokens', 1)])
  for (const { from } of found) piece.named(taken(from), 'Slice', [from, piece.longs(0), end, piece.longs(2)])
  graph.add('first', piece.fields)
  return true
}

interface Cache {
  from: string
  to: string
  /** One for each layer, in order: each takes what the one before it made. */
  writes: OnnxNode[]
  state: number
}

function findCache(graph: OnnxGraph, which: string): Cache | undefined {
  const [from, to] = [`in_n_layer_self_${which}_cache`, `out_n_layer_self_${which}_cache`]
  const dims = graph.inputs.find(({ name }) => name === from)?.dims
  const writes: OnnxNode[] = []
  for (let name = to; name !== from; ) {
    const write = graph.producer(name)
    if (write?.op !== 'ScatterND') return undefined
    writes.unshift(write)
    name = write.inputs[0]!
  }
  const [layers, , , state] = dims ?? []
  if (layers !== writes.length || typeof state !== 'number') return undefined
  return { from, to, writes, state }
}

/** The rows of a cache up to the newest token. */
const taken = (cache: string): string => `earshot_${cache}_taken`

function shorten(graph: OnnxGraph, { from, to, writes, state }: Cache): void {
  const own = (name: string): string => `earshot_${to}_${name}`
  // A later layer reads its rows from what the earlier ones wrote theirs into: they are those that came in.
  const written = new Set(writes.flatMap(({ outputs }) => outputs))
  graph.nodes = graph.nodes.filter((each) => !writes.includes(each))
  for (const each of graph.nodes)
    each.inputs = each.inputs.map((name) =>
      name === from || (written.has(name) && name !== to) ? taken(from) : name,
    )
  const rows = writes.map((_, layer) => own(`layer_${layer}`))
  graph.add('last', [
    tensor(own('shape'), [4], longs(1, 1, -1, state)),
    tensor(own('room'), [writes.length, 1, 1, state], new Float32Array(writes.length * state)),
    ...writes.map(({ inputs }, layer) => node('Reshape', [inputs[2]!, own('shape')], rows[layer]!)),
    node('Concat', rows, own('used'), intAttribute('axis', 0)),
    node('Concat', [own('used'), own('room')], to, intAttribute('axis', 2)),
  ])
  const anyLength = (list: OnnxGraph['inputs'], name: string): OnnxGraph['inputs'] =>
    list.map((value) =>
      value.name === name
        ? { name, type: FLOAT, dims: [writes.length, 'n_audio', own('length'), state] }
        : value,
    )
  graph.inputs = anyLength(graph.inputs, from)
  graph.outputs = anyLength(graph.outputs, to)
}
