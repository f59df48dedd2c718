import { BOOL, FLOAT, graphAttribute, INT64, intAttribute, node, output } from '../onnx/build.ts'
import type { OnnxGraph } from '../onnx/graph.ts'
import { END, Piece } from '../onnx/piece.ts'
import { addFeatures } from './features.ts'
import { addChoice, addMoment, END_OF_DRIVER, HISTORY_LENGTH } from './greedy.ts'
import { type DecoderShape, HANDED, handOverByLayer, type Which } from './recording.ts'
import { HEADER, HEADER_LENGTH, type WhisperTokens } from './whisper-tokens.ts'

/** The longest prompt, in tokens: room that the caches must have. */
const ROOM = HEADER_LENGTH - HEADER.prompt

/**
 * Makes of a model's graphs, the caches of which were shortened, a pair that turns samples into tokens without
 * sherpa-onnx's Whisper recogniser: in the form of Moonshine v2, which is sherpa-onnx's driver for any greedy decoder.
 *
 * `samples → encoder → encoder_out`, then, until token 2, `(token, encoder_out, states, is not first) → (logits, states)`.
 * The encoder computes the features, and hands over the recording's keys and values, a header last. The first call of
 * the decoder takes them apart into states that later calls are given back; it chooses a token without a text.
 * @returns whether it changed both graphs
 */
export function makeSelfContained(
  encoder: OnnxGraph,
  decoder: OnnxGraph,
  shape: DecoderShape,
  known: WhisperTokens,
): boolean {
  // What hands over more than logits and caches, such as its attention, would lose it.
  if (decoder.outputs.length !== 3) return false
  if (!handOverByLayer(encoder, decoder, shape, inputOf)) return false
  aroundEncoder(encoder, shape, known)
  aroundDecoder(decoder, shape, known)
  return true
}

/** The driver calls the decoder 0.36 times for each row that the encoder hands over; Whisper's texts end at 224. */
const LEAST_ROWS = 700

function aroundEncoder(encoder: OnnxGraph, { layers, state }: DecoderShape, known: WhisperTokens): void {
  const [mel] = encoder.inputs
  const front = new Piece('earshot_front')
  const header = front.slice('samples', 0, HEADER_LENGTH, 1)
  const silence = front.cast(
    front.reshape(front.slice(header, HEADER.silence, HEADER.silence + 1, 1), 1),
    INT64,
  )
  addFeatures(front, front.slice('samples', HEADER_LENGTH, END, 1), silence, mel!.name, known.bins)
  encoder.add('first', front.fields)
  encoder.inputs = [{ name: 'samples', type: FLOAT, dims: [1, 'samples'] }]

  const back = new Piece('earshot_back')
  const flat = ({ name }: { name: string }): string => back.reshape(name, 1, layers * state, -1)
  const [keys, values] = [flat(HANDED.keys), flat(HANDED.values)]
  const rest = back.op('Sub', [back.length(keys, 2), back.longs(HEADER_LENGTH)])
  const more = Math.max(0, LEAST_ROWS - 2 * layers * state - 1)
  const row = back.op('Pad', [
    back.reshape(header, 1, 1, -1),
    back.concat(0, back.longs(0, 0, 0, 0, more), rest),
  ])
  back.named('encoder_out', 'Concat', [keys, values, row], intAttribute('axis', 1))
  encoder.add('last', back.fields)
  encoder.outputs = [{ name: 'encoder_out', type: FLOAT, dims: [1, 'rows', 'frames'] }]
}

/** sherpa-onnx looks for this part of the name, and takes the lengths of the first one's axes. */
const stateName = (i: number): string => `past_key_values_${i}`
/** In each group of four states, the driver keeps the last two as they were after the first call. */
const stateOf = (layer: number, which: Which): number => 4 * layer + (which === 'keys' ? 2 : 3)
const inputOf = (layer: number, which: Which): string => `earshot_${which}_of_layer_${layer}`

function aroundDecoder(decoder: OnnxGraph, shape: DecoderShape, known: WhisperTokens): void {
  const { layers, state } = shape
  const front = new Piece('earshot_before')
  const headerRow = 2 * layers * state
  const row = front.reshape(front.slice('encoder_out', headerRow, headerRow + 1, 1), -1)
  const moment = addMoment(front, 'ids', front.slice(row, 0, HEADER_LENGTH, 0), stateName(4 * layers), known)
  const length = front.length(stateName(0), 2)
  front.named('offset', 'Identity', [length])
  front.named('tokens', 'Identity', [moment.tokens])
  addCaches(front, shape)
  for (let layer = 0; layer < layers; layer++)
    for (const which of ['keys', 'values'] as const) {
      const from = stateName(stateOf(layer, which))
      front.named(inputOf(layer, which), 'Reshape', [from, front.longs(...axesOf(which, shape))])
    }
  decoder.add('first', front.fields)

  const back = new Piece('earshot_after')
  const tokens = back.op('Add', [length, back.length(moment.tokens, 1)])
  const used = back.where(moment.isKept, tokens, back.longs(0))
  const logits = addChoice(back, 'logits', moment, known)
  const states = addStates(back, shape, used, moment.history)
  decoder.add('last', back.fields)
  declare(decoder, shape, logits, states)
}

/** The caches as the decoder knows them, with room for the tokens that come: [layers, batch, tokens, state]. */
function addCaches(piece: Piece, { layers, state }: DecoderShape): void {
  const room = piece.floats([layers, 1, ROOM, state], new Float32Array(layers * ROOM * state))
  for (const [i, which] of ['k', 'v'].entries()) {
    const past = piece.transpose(stateName(i), 1, 0, 2, 3)
    piece.named(`in_n_layer_self_${which}_cache`, 'Concat', [past, room], intAttribute('axis', 2))
  }
}

/** Of one layer's keys or values, as its product takes them: -1 stands for the positions. */
const axesOf = (which: Which, { heads, state }: DecoderShape): number[] =>
  which === 'keys' ? [1, heads, state / heads, -1] : [1, heads, -1, state / heads]

/** The states after a step: both caches stand in the group of the first layer, the history in one of its own. */
function addStates(piece: Piece, shape: DecoderShape, used: string, history: string): string[] {
  const caches = ['k', 'v'].map((which) =>
    piece.transpose(piece.slice(`out_n_layer_self_${which}_cache`, 0, used, 2), 1, 0, 2, 3),
  )
  const recording = addTakingApart(piece, shape)
  const nothing = piece.reshape(piece.float(0), 1, 1, 1, 1)
  const past = piece.reshape(history, 1, 1, 1, HISTORY_LENGTH)
  const groups = recording.map(([keys, values], layer) => {
    const [ofKeys, ofValues] = layer === 0 ? caches : [nothing, nothing]
    return [ofKeys!, ofValues!, keys, values]
  })
  return [...groups.flat(), past, nothing, nothing, nothing]
}

/** The recording's keys and values, in the first call; in later ones the driver keeps what it has, whatever comes. */
function addTakingApart(piece: Piece, shape: DecoderShape): [keys: string, values: string][] {
  const { layers, state } = shape
  const inner = new Piece('earshot_apart')
  const ofLayer = (layer: number, which: Which): string => {
    const row = ((which === 'keys' ? 0 : layers) + layer) * state
    return inner.reshape(inner.slice('encoder_out', row, row + state, 1), ...axesOf(which, shape))
  }
  const all = Array.from({ length: layers }, (_, layer) => [ofLayer(layer, 'keys'), ofLayer(layer, 'values')])
  const blank = new Piece('earshot_blank')
  const zero = blank.floats([1, 1, 1, 1], [0])
  const none = all.flat().map(() => blank.op('Identity', [zero]))
  const results = all.map((_, layer): [string, string] => [
    `earshot_keys_for_${layer}`,
    `earshot_values_for_${layer}`,
  ])
  const branch = (name: string, { fields }: Piece, outputs: string[]): Buffer =>
    graphAttribute(name, [...fields, ...outputs.map((each) => output(each, FLOAT, FOUR))])
  piece.fields.push(
    node(
      'If',
      ['use_cache_branch'],
      results.flat(),
      branch('then_branch', blank, none),
      branch('else_branch', inner, all.flat()),
    ),
  )
  return results
}

/** Names for lengths: they tell onnxruntime how many axes there are, and nothing else. */
const FOUR = ['batch', 'heads', 'rows', 'columns']

function declare(
  decoder: OnnxGraph,
  { layers, state }: DecoderShape,
  logits: string,
  states: string[],
): void {
  const ends = new Piece('earshot_ends')
  const results = [logits, ...states].map((from, i) => ends.named(`result_${i}`, 'Identity', [from]))
  decoder.add('last', ends.fields)
  const four = (i: string | number): string[] => FOUR.map((axis) => `${axis}_${i}`)
  decoder.inputs = [
    { name: 'ids', type: INT64, dims: [1, 1] },
    { name: 'encoder_out', type: FLOAT, dims: [1, 'rows', 'frames'] },
    ...states.map((_, i) => ({
      name: stateName(i),
      type: FLOAT,
      dims: i === 0 ? [1, layers, 'length', state] : four(i),
    })),
    { name: 'use_cache_branch', type: BOOL, dims: [1] },
  ]
  decoder.outputs = results.map((name, i) => ({
    name,
    type: FLOAT,
    dims: i === 0 ? [1, 1, 'vocabulary'] : four(`of_${name}`),
  }))
}

/** `tokens.txt` of the result, made of the model's own: a token in base64 and its number a line. */
export function tokensForDriver(own: string, known: WhisperTokens): string {
  const text = own
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .flatMap(([token, number]): [string, number][] => {
      if (number === undefined || Number(number) >= known.end) return []
      return [[token!, Number(number) === END_OF_DRIVER ? known.end : Number(number)]]
    })
  const base64 = (special: string): string => Buffer.from(`<|${special}|>`).toString('base64')
  const languages = known.languages.map(({ code, token }): [string, number] => [base64(code), token])
  const times = Array.from({ length: known.vocabulary - known.firstTime }, (_, i): [string, number] => [
    base64((i * 0.02).toFixed(2)),
    known.firstTime + i,
  ])
  return [...text, ...languages, ...times].map(([token, number]) => `${token} ${number}\n`).join('')
}
