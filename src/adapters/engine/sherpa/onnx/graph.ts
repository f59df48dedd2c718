import { type Dimension, FLOAT, INT64, input, output } from './build.ts'
import { bytes, type Field, fieldsOf, head, varintsOf } from './wire.ts'

export interface OnnxNode {
  op: string
  inputs: string[]
  outputs: string[]
  /** What its inner graphs read, as a Scan or an If has them. */
  inner: string[]
  /** All of its fields but the inputs, outputs and its name. */
  rest: Buffer[]
}

/** An input or output of the graph. */
export interface OnnxValue {
  name: string
  type: number
  dims: Dimension[]
}

export interface OnnxTensor {
  dims: number[]
  type: number
  /** Its numbers, little-endian; undefined where they are kept in another way. */
  data: Buffer | undefined
  /** Whether they lie in another file. */
  external: boolean
  raw: Buffer
}

// Field numbers of ModelProto, GraphProto, NodeProto, AttributeProto, TensorProto and ValueInfoProto.
const MODEL = { graph: 7 }
const GRAPH = { node: 1, tensor: 5, input: 11, output: 12, valueInfo: 13 }
const NODE = { input: 1, output: 2, name: 3, op: 4, attribute: 5 }
const ATTRIBUTE = { name: 1, tensor: 5, graph: 6, ints: 8, graphs: 11 }
const TENSOR = { dims: 1, type: 2, name: 8, data: 9, external: 13 }

/** A model's graph, read so far that it can be changed. Weights are not copied. */
export class OnnxGraph {
  nodes: OnnxNode[] = []
  readonly tensors = new Map<string, OnnxTensor>()
  inputs: OnnxValue[] = []
  outputs: OnnxValue[] = []
  /** Fields of the model and of its graph that stay as they are. */
  readonly #ofModel: Buffer[] = []
  readonly #ofGraph: Buffer[] = []

  /** @throws NotAMessage */
  constructor(model: Buffer) {
    for (const field of fieldsOf(model)) {
      if (field.number === MODEL.graph) for (const inner of fieldsOf(field.body)) this.#read(inner)
      else this.#ofModel.push(field.raw)
    }
  }

  #read(field: Field): void {
    if (field.number === GRAPH.node) this.nodes.push(readNode(field.body))
    else if (field.number === GRAPH.input) this.inputs.push(readValue(field.body))
    else if (field.number === GRAPH.output) this.outputs.push(readValue(field.body))
    else if (field.number === GRAPH.tensor) this.tensors.set(...readTensor(field))
    // Shapes of what lies between: onnxruntime finds them itself, and ours may differ.
    else if (field.number !== GRAPH.valueInfo) this.#ofGraph.push(field.raw)
  }

  /** Whether it can be changed: no weights in other files, which are found from its own place, no inner graphs. */
  get isPlain(): boolean {
    const external = [...this.tensors.values()].some((tensor) => tensor.external)
    return !external && this.nodes.every((node) => innerGraphs(node).length === 0)
  }

  /** The node that makes a value; undefined for inputs and weights. */
  producer(name: string): OnnxNode | undefined {
    return this.nodes.find(({ outputs }) => outputs.includes(name))
  }

  /** The nodes that read a value. */
  readers(name: string): OnnxNode[] {
    return this.nodes.filter(({ inputs, inner }) => inputs.includes(name) || inner.includes(name))
  }

  /** A constant that is a single number. */
  number(name: string): number | undefined {
    const constant = this.tensors.get(name) ?? constantOf(this.producer(name))
    return constant && numberOf(constant)
  }

  /** Adds nodes and tensors made by `build.ts`. @param where nodes stand after what they read */
  add(where: 'first' | 'last', fields: Buffer[]): void {
    const added: OnnxNode[] = []
    for (const raw of fields) {
      const [field] = fieldsOf(raw)
      if (field?.number === GRAPH.node) added.push(readNode(field.body))
      else if (field) this.#read(field)
    }
    if (where === 'first') this.nodes.unshift(...added)
    else this.nodes.push(...added)
  }

  /** Takes out what no output needs any more. */
  prune(): void {
    const needed = new Set(this.outputs.map(({ name }) => name))
    const makers = new Map(this.nodes.flatMap((node) => node.outputs.map((name) => [name, node] as const)))
    const kept = new Set<OnnxNode>()
    for (const name of needed) {
      const node = makers.get(name)
      if (!node || kept.has(node)) continue
      kept.add(node)
      for (const read of [...node.inputs, ...node.inner]) needed.add(read)
    }
    this.nodes = this.nodes.filter((node) => kept.has(node))
    for (const name of this.tensors.keys()) if (!needed.has(name)) this.tensors.delete(name)
  }

  /** The file, in pieces. */
  write(): Buffer[] {
    const graph = [
      ...this.nodes.map(writeNode),
      ...[...this.tensors.values()].map(({ raw }) => raw),
      ...this.inputs.map(({ name, type, dims }) => input(name, type, dims)),
      ...this.outputs.map(({ name, type, dims }) => output(name, type, dims)),
      ...this.#ofGraph,
    ]
    const length = graph.reduce((sum, { length }) => sum + length, 0)
    return [...this.#ofModel, head(MODEL.graph, length), ...graph]
  }
}

/** The integers of a node's attribute. */
export function intsOf(node: OnnxNode, name: string): number[] {
  for (const attribute of attributesOf(node)) {
    const fields = [...fieldsOf(attribute)]
    if (fields.some(({ number, body }) => number === ATTRIBUTE.name && body.toString() === name))
      return fields.filter(({ number }) => number === ATTRIBUTE.ints).flatMap(varintsOf)
  }
  return []
}

/** A weight's numbers, or undefined where it has none of them in the file, or others than floats. */
export function floatsOf({ type, dims, data }: OnnxTensor): Float32Array | undefined {
  const count = dims.reduce((product, d) => product * d, 1)
  if (type !== FLOAT || data?.length !== count * 4) return undefined
  // A copy: in the file they may lie at any place, and floats need one that is a multiple of four.
  return new Float32Array(new Uint8Array(data).buffer)
}

function numberOf({ type, dims, data }: OnnxTensor): number | undefined {
  if (!data || dims.some((length) => length !== 1)) return undefined
  if (type === FLOAT) return data.readFloatLE()
  return type === INT64 ? Number(data.readBigInt64LE()) : undefined
}

/** What a node of the operator Constant holds. */
function constantOf(node: OnnxNode | undefined): OnnxTensor | undefined {
  if (node?.op !== 'Constant') return undefined
  const value = attributesOf(node)
    .flatMap((attribute) => [...fieldsOf(attribute)])
    .find(({ number }) => number === ATTRIBUTE.tensor)
  return value && readTensor(value)[1]
}

const attributesOf = ({ rest }: OnnxNode): Buffer[] =>
  rest.flatMap((raw) => [...fieldsOf(raw)].filter((f) => f.number === NODE.attribute).map((f) => f.body))

const innerGraphs = (node: OnnxNode): Buffer[] =>
  attributesOf(node)
    .flatMap((attribute) => [...fieldsOf(attribute)])
    .filter(({ number }) => number === ATTRIBUTE.graph || number === ATTRIBUTE.graphs)
    .map(({ body }) => body)

/** All that the nodes of a graph read, theirs and what lies outside. */
const readWithin = (graph: Buffer): string[] =>
  [...fieldsOf(graph)]
    .filter(({ number }) => number === GRAPH.node)
    .map(({ body }) => readNode(body))
    .flatMap(({ inputs, inner }) => [...inputs, ...inner])

function readTensor({ body, raw }: Field): [name: string, OnnxTensor] {
  let name = ''
  const tensor: OnnxTensor = { dims: [], type: 0, data: undefined, external: false, raw }
  for (const inner of fieldsOf(body)) {
    if (inner.number === TENSOR.dims) tensor.dims.push(...varintsOf(inner))
    if (inner.number === TENSOR.type) tensor.type = inner.value
    if (inner.number === TENSOR.name) name = inner.body.toString()
    if (inner.number === TENSOR.data) tensor.data = inner.body
    if (inner.number === TENSOR.external) tensor.external = true
  }
  return [name, tensor]
}

function readNode(body: Buffer): OnnxNode {
  const node: OnnxNode = { op: '', inputs: [], outputs: [], inner: [], rest: [] }
  for (const field of fieldsOf(body)) {
    if (field.number === NODE.input) node.inputs.push(field.body.toString())
    else if (field.number === NODE.output) node.outputs.push(field.body.toString())
    // Two nodes of one name are an error, and names mean little once nodes are exchanged.
    else if (field.number !== NODE.name) node.rest.push(field.raw)
    if (field.number === NODE.op) node.op = field.body.toString()
  }
  node.inner = innerGraphs(node).flatMap(readWithin)
  return node
}

const writeNode = ({ inputs, outputs, rest }: OnnxNode): Buffer =>
  bytes(
    GRAPH.node,
    Buffer.concat([
      ...inputs.map((name) => bytes(NODE.input, name)),
      ...outputs.map((name) => bytes(NODE.output, name)),
      ...rest,
    ]),
  )

/** Of a message, the body of its first field with each of these numbers in turn. */
const inside = (message: Buffer, ...path: number[]): Buffer =>
  path.reduce(
    (body, wanted) => [...fieldsOf(body)].find(({ number }) => number === wanted)?.body ?? Buffer.alloc(0),
    message,
  )

function readValue(body: Buffer): OnnxValue {
  const tensorType = inside(body, 2, 1)
  const [type] = [...fieldsOf(tensorType)].filter(({ number }) => number === 1)
  const dims = [...fieldsOf(inside(tensorType, 2))].map(({ body: dimension }): Dimension => {
    const [said] = [...fieldsOf(dimension)]
    return said?.number === 1 ? said.value : (said?.body.toString() ?? '')
  })
  return { name: inside(body, 1).toString(), type: type?.value ?? 0, dims }
}
