import { intAttribute, longs, node, type TensorData, tensor } from './build.ts'

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

  concat(axis: number, ...inputs: string[]): string {
    return this.op('Concat', inputs, intAttribute('axis', axis))
  }
}
