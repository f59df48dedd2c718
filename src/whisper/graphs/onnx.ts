/** Writes ONNX graphs: nodes one after the other, large tensors into a file beside the graph if there is one. */
import { type Tensor, type TensorSink, typeOf } from './tensors.ts'
import { bytes, float, int } from './wire.ts'

export const FLOAT = 1
export const UINT8 = 2
export const INT64 = 7
export const BOOL = 9

/** ONNX Runtime's own operators. */
export const MICROSOFT = 'com.microsoft'
const OPSET = 20
const IR_VERSION = 10
/** Shorter tensors stand in the graph itself: shape arithmetic reads them when the graph is loaded. */
const INLINE_BYTES = 1024

/** A dimension is a length, or a name where it differs from call to call. */
export type Dimension = number | string

export interface Value {
  name: string
  type: number
  /** Undefined: a value within a loop, whose shape may change from turn to turn. */
  dims?: readonly Dimension[]
}

export type Attribute = number | readonly number[] | string | { float: number } | GraphBody

export interface NodeOptions {
  outputs?: readonly string[]
  domain?: string
  attributes?: Readonly<Record<string, Attribute>>
}

/** A finished graph within a node: what a Loop repeats. */
export class GraphBody {
  readonly message: Buffer
  constructor(message: Buffer) {
    this.message = message
  }
}

export class GraphBuilder {
  readonly #nodes: Buffer[] = []
  readonly #initializers: Buffer[] = []
  readonly #known = new Map<string, string>()
  readonly #sink: TensorSink | undefined
  /** Names within a body must differ from those around it. */
  readonly #prefix: string
  #count = 0

  /** @param sink where large tensors go; undefined: all stand in the graph itself */
  constructor(sink?: TensorSink, prefix = '') {
    this.#sink = sink
    this.#prefix = prefix
  }

  /** For the graph that this one is a body of: another graph, with the same file of tensors. */
  around(): GraphBuilder {
    return new GraphBuilder(this.#sink, `${this.#prefix}outer_`)
  }

  fresh(base: string): string {
    this.#count += 1
    return `${this.#prefix}${base}_${this.#count}`
  }

  /** A constant of the graph; equal small ones are written once. */
  constant(tensor: Tensor): string {
    const { data, dims } = tensor
    const body = Buffer.from(data.buffer, data.byteOffset, data.byteLength)
    const key = body.length <= 64 ? `${typeOf(data)}:${dims}:${body.toString('hex')}` : undefined
    const known = key !== undefined ? this.#known.get(key) : undefined
    if (known) return known
    const name = this.fresh('constant')
    const fields = [...dims.map((d) => int(1, d)), int(2, tensor.type ?? typeOf(data)), bytes(8, name)]
    if (!this.#sink || body.length <= INLINE_BYTES) fields.push(bytes(9, body))
    else fields.push(...external(this.#sink, body), int(14, 1))
    this.#initializers.push(bytes(5, Buffer.concat(fields)))
    if (key !== undefined) this.#known.set(key, name)
    return name
  }

  longs(...values: number[]): string {
    return this.constant({ data: BigInt64Array.from(values.map(BigInt)), dims: [values.length] })
  }

  long(value: number): string {
    return this.constant({ data: BigInt64Array.of(BigInt(value)), dims: [] })
  }

  number(value: number): string {
    return this.constant({ data: Float32Array.of(value), dims: [] })
  }

  /** A node with one output. An input that is left out is the empty string. */
  node(op: string, inputs: readonly string[], options: NodeOptions = {}): string {
    const output = options.outputs?.[0] ?? this.fresh(op)
    this.nodes(op, inputs, { ...options, outputs: options.outputs ?? [output] })
    return output
  }

  nodes(op: string, inputs: readonly string[], options: NodeOptions & { outputs: readonly string[] }): void {
    const { outputs, domain, attributes = {} } = options
    this.#nodes.push(
      bytes(
        1,
        Buffer.concat([
          ...inputs.map((i) => bytes(1, i)),
          ...outputs.map((o) => bytes(2, o)),
          bytes(3, this.fresh(`node_${op}`)),
          bytes(4, op),
          ...Object.entries(attributes).map(([name, value]) => attribute(name, value)),
          ...(domain ? [bytes(7, domain)] : []),
        ]),
      ),
    )
  }

  body(inputs: readonly Value[], outputs: readonly Value[]): GraphBody {
    return new GraphBody(this.#graph('body', inputs, outputs))
  }

  model(inputs: readonly Value[], outputs: readonly Value[]): Buffer {
    const opset = (domain: string, version: number): Buffer =>
      bytes(8, Buffer.concat([bytes(1, domain), int(2, version)]))
    return Buffer.concat([
      int(1, IR_VERSION),
      bytes(2, 'earshot'),
      bytes(7, this.#graph('graph', inputs, outputs)),
      opset('', OPSET),
      opset(MICROSOFT, 1),
    ])
  }

  #graph(name: string, inputs: readonly Value[], outputs: readonly Value[]): Buffer {
    return Buffer.concat([
      ...this.#nodes,
      bytes(2, name),
      ...this.#initializers,
      ...inputs.map((value) => bytes(11, valueInfo(value))),
      ...outputs.map((value) => bytes(12, valueInfo(value))),
    ])
  }
}

function external(sink: TensorSink, body: Buffer): Buffer[] {
  const { location, offset } = sink.write(body)
  const entries = { location, offset: String(offset), length: String(body.length) }
  return Object.entries(entries).map(([key, value]) =>
    bytes(13, Buffer.concat([bytes(1, key), bytes(2, value)])),
  )
}

function valueInfo({ name, type, dims }: Value): Buffer {
  const shape = dims?.map((d) => bytes(1, typeof d === 'number' ? int(1, d) : bytes(2, d)))
  const tensor = [int(1, type), ...(shape ? [bytes(2, Buffer.concat(shape))] : [])]
  return Buffer.concat([bytes(1, name), bytes(2, bytes(1, Buffer.concat(tensor)))])
}

function attribute(name: string, value: Attribute): Buffer {
  const fields = (...parts: Buffer[]): Buffer => bytes(5, Buffer.concat([bytes(1, name), ...parts]))
  if (typeof value === 'number') return fields(int(3, value), int(20, 2))
  if (typeof value === 'string') return fields(bytes(4, value), int(20, 3))
  if (value instanceof GraphBody) return fields(bytes(6, value.message), int(20, 5))
  if ('float' in value) return fields(float(2, value.float), int(20, 1))
  return fields(...value.map((v) => int(8, v)), int(20, 7))
}
