/** ONNX models written by hand: the tests make their own, so no weights are needed. */
import { bytes, int } from '../../src/adapters/speech-detector/silero/onnx/wire.ts'

export * from '../../src/adapters/speech-detector/silero/onnx/build.ts'

export const INT32 = 6

/** A whole model file from the parts of its graph and its metadata. */
export const model = (
  graphName: string,
  parts: Buffer[],
  metadata: Record<string, string>,
  opset = 17,
): Buffer =>
  Buffer.concat([
    int(1, 9),
    bytes(7, Buffer.concat([...parts, bytes(2, graphName)])),
    bytes(8, Buffer.concat([bytes(1, ''), int(2, opset)])),
    ...Object.entries(metadata).map(([k, v]) => bytes(14, Buffer.concat([bytes(1, k), bytes(2, v)]))),
  ])
