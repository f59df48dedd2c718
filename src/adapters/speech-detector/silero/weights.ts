import { FLOAT } from '../../../whisper/graphs/onnx.ts'
import { type Field, fieldsOf, NotAMessage, varintsOf } from './fields.ts'

/** The weights of Silero v5 and v6 for 16 kHz, row-major, with the shapes that `SHAPES` says. */
export type SileroWeights = Record<keyof typeof SHAPES, Float32Array>

/** By the end of their names in the file. Its second set, for 8 kHz, has other shapes. */
const SHAPES = {
  'stft.forward_basis_buffer': [258, 1, 256],
  'encoder.0.reparam_conv.weight': [128, 129, 3],
  'encoder.0.reparam_conv.bias': [128],
  'encoder.1.reparam_conv.weight': [64, 128, 3],
  'encoder.1.reparam_conv.bias': [64],
  'encoder.2.reparam_conv.weight': [64, 64, 3],
  'encoder.2.reparam_conv.bias': [64],
  'encoder.3.reparam_conv.weight': [128, 64, 3],
  'encoder.3.reparam_conv.bias': [128],
  'decoder.rnn.weight_ih': [512, 128],
  'decoder.rnn.weight_hh': [512, 128],
  'decoder.rnn.bias_ih': [512],
  'decoder.rnn.bias_hh': [512],
  'decoder.decoder.2.weight': [1, 128, 1],
  'decoder.decoder.2.bias': [1],
} as const

type Name = keyof typeof SHAPES
const NAMES = Object.keys(SHAPES) as Name[]

// Field numbers of ModelProto, GraphProto, NodeProto, AttributeProto and TensorProto.
const MODEL = { graph: 7 }
const GRAPH = { node: 1, tensor: 5 }
const NODE = { attribute: 5 }
const ATTRIBUTE = { tensor: 5, graph: 6 }
const TENSOR = { dims: 1, type: 2, name: 8, data: 9 }

/**
 * Reads the weights out of Silero's ONNX file. It has a branch for each sample rate, and within each the weights
 * are constants or initialisers, as the exporter liked it; so the branch is taken that has all of them.
 * @throws Error where there is none: another model, or another version of it
 */
export function readWeights(path: string, model: Buffer): SileroWeights {
  try {
    for (const { body } of of(model, MODEL.graph)) {
      const found = inGraph(body)
      if (found) return found
    }
  } catch (error) {
    if (!(error instanceof NotAMessage)) throw error
  }
  throw new Error(`${path} is not Silero VAD v5 or v6 for 16 kHz: take silero_vad.onnx of either, unchanged`)
}

function inGraph(graph: Buffer): SileroWeights | undefined {
  const tensors = new Map<Name, Float32Array>()
  const add = (tensor: Buffer): void => {
    const read = readTensor(tensor)
    if (read) tensors.set(...read)
  }
  for (const { body } of of(graph, GRAPH.tensor)) add(body)
  const attributes = [...of(graph, GRAPH.node)].flatMap(({ body }) => [...of(body, NODE.attribute)])
  for (const { body } of attributes) for (const value of of(body, ATTRIBUTE.tensor)) add(value.body)
  if (NAMES.every((name) => tensors.has(name))) return Object.fromEntries(tensors) as SileroWeights
  for (const { body } of attributes)
    for (const inner of of(body, ATTRIBUTE.graph)) {
      const found = inGraph(inner.body)
      if (found) return found
    }
  return undefined
}

function readTensor(tensor: Buffer): [Name, Float32Array] | undefined {
  const [name] = [...of(tensor, TENSOR.name)].map(({ body }) => body.toString())
  const known = NAMES.find((each) => name?.endsWith(each))
  const [type] = of(tensor, TENSOR.type)
  const [data] = of(tensor, TENSOR.data)
  if (!known || type?.value !== FLOAT || !data) return undefined
  const dims = [...of(tensor, TENSOR.dims)].flatMap(varintsOf)
  if (dims.join() !== SHAPES[known].join()) return undefined
  if (data.body.length !== dims.reduce((product, d) => product * d, 4)) throw new NotAMessage()
  // A copy: in the file they may lie at any place, and floats need one that is a multiple of four.
  return [known, new Float32Array(new Uint8Array(data.body).buffer)]
}

function* of(message: Buffer, number: number): Generator<Field> {
  for (const field of fieldsOf(message)) if (field.number === number) yield field
}
