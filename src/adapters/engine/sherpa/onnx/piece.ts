import { intAttribute, intsAttribute, longs, node, type TensorData, tensor } from './build.ts'

/** Collects nodes and constants of a graph, names them, and says them shorter. All names are its own. */
export class Piece {
  readonly fields: Buffer[] = []
  readonly #prefix: string
  #names = 0

  constructor(prefix: string) {
    this.#prefix = prefix
  }

  /** A new one. */
  protected name(): string {
    return `${this.#prefix}_${this.#names++}`
  }

  /** @returns the name of its output */
  op(type: string, inputs: string[], ...attributes: Buffer[]): string {
    return this.named(this.name(), type, inputs, ...attributes)
  }

  named(name: string, type: string, inputs: string[], ...attributes: Buffer[]): string {
    this.fields.push(node(type, inputs, name, ...attributes))
    return name
  }

  constant(dims: number[], data: TensorData): string {
    const name = this.name()
    this.fields.push(tensor(name, dims, data))
    return name
  }

  floats(dims: number[], values: ArrayLike<number>): string {
    return this.constant(dims, Float32Array.from(values))
  }

  /** One float, of the shape [1]. */
  float(value: number): string {
    return this.floats([1], [value])
  }

  longs(...values: number[]): string {
    return this.constant([values.length], longs(...values))
  }

  /** Part of a tensor along one axis. @param to exclusive; names or numbers */
  slice(x: string, from: string | number, to: string | number, axis: number): string {
    const at = (place: string | number): string => (typeof place === 'number' ? this.longs(place) : place)
    return this.op('Slice', [x, at(from), at(to), this.longs(axis)])
  }

  reshape(x: string, ...shape: number[]): string {
    return this.op('Reshape', [x, this.longs(...shape)])
  }

  transpose(x: string, ...perm: number[]): string {
    return this.op('Transpose', [x], intsAttribute('perm', perm))
  }

  concat(axis: number, ...inputs: string[]): string {
    return this.op('Concat', inputs, intAttribute('axis', axis))
  }

  cast(x: string, to: number): string {
    return this.op('Cast', [x], intAttribute('to', to))
  }

  where(condition: string, then: string, otherwise: string): string {
    return this.op('Where', [condition, then, otherwise])
  }

  not(condition: string): string {
    return this.op('Not', [condition])
  }

  and(...all: [string, ...string[]]): string {
    return all.reduce((a, b) => this.op('And', [a, b]))
  }

  or(...all: [string, ...string[]]): string {
    return all.reduce((a, b) => this.op('Or', [a, b]))
  }

  equals(x: string, value: number): string {
    return this.op('Equal', [x, this.float(value)])
  }

  isBelow(x: string, value: string | number): string {
    return this.op('Less', [x, typeof value === 'number' ? this.float(value) : value])
  }

  /** The length of an axis, as integers of the shape [1]. */
  length(x: string, axis: number): string {
    return this.slice(this.op('Shape', [x]), axis, axis + 1, 0)
  }
}

/** The end of an axis, whatever its length. */
export const END = 2 ** 40
