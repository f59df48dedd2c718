import { OnnxGraph } from '../onnx/graph.ts'
import { shortenCaches } from './caches.ts'
import { narrowEmbedding } from './projection.ts'

/** What may be done to a decoder: everything, or only what does not touch a single number. */
export type Rewriting = 'all' | 'exact'

/** The lighter decoder in pieces, or undefined where nothing of it can be made lighter. @throws NotAMessage */
export function rewriteDecoder(model: Buffer, rewriting: Rewriting): Buffer[] | undefined {
  const graph = new OnnxGraph(model)
  if (graph.isNested) return undefined
  const shorter = shortenCaches(graph)
  const narrower = rewriting === 'all' && narrowEmbedding(graph)
  if (!shorter && !narrower) return undefined
  graph.prune()
  return graph.write()
}
