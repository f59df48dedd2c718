/** What may be made of a Whisper model, as sherpa-onnx calls the parts, and the file that each is. */
export const FILES = {
  encoder: 'encoder.onnx',
  decoder: 'decoder.onnx',
  mergedDecoder: 'mergedDecoder.onnx',
  tokens: 'tokens.txt',
}
