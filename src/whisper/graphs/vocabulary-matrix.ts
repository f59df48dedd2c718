/** The matrix that turns tokens into what the decoder starts from, and what it ends with into logits. */
import { type LayerContext, matrix } from './layers.ts'
import { bytesOf, bytesProduct, transposed } from './linear.ts'
import { FLOAT } from './onnx.ts'

const NAME = 'decoder/embeddings/weight'

export interface VocabularyMatrix {
  /** @param tokens [batch, length] → [batch, length, width] */
  rowsOf(tokens: string): string
  /** @param x [batch, width] → [batch, vocabulary] */
  logitsOf(x: string): string
}

/** A constant of the graph once, [width, vocabulary], for both. */
export function vocabularyMatrix({ graph, weights, schemeOf }: LayerContext): VocabularyMatrix {
  const columns = (all: string, tokens: string): string => {
    const found = graph.node('Gather', [all, tokens], { attributes: { axis: 1 } })
    return graph.node('Transpose', [found], { attributes: { perm: [1, 2, 0] } })
  }
  const floats = (x: string): string => graph.node('Cast', [x], { attributes: { to: FLOAT } })
  const numbers = matrix(weights, NAME)
  if (schemeOf(NAME) === 'float') {
    const all = graph.constant(transposed(numbers))
    return { rowsOf: (tokens) => columns(all, tokens), logitsOf: (x) => graph.node('MatMul', [x, all]) }
  }
  const bytes = bytesOf(graph, numbers)
  return {
    rowsOf(tokens) {
      const rows = floats(columns(bytes.weights, tokens))
      const scales = graph.node('Gather', [bytes.scales, tokens])
      return graph.node('Mul', [rows, graph.node('Unsqueeze', [scales, graph.longs(-1)])])
    },
    logitsOf: (x) => bytesProduct(graph, x, bytes),
  }
}
