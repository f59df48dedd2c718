const HEADER = 44

/** A WAV file of 16-bit mono PCM. */
export function wavFile(pcm: Int16Array, rate: number): Uint8Array<ArrayBuffer> {
  const file = new Uint8Array(HEADER + pcm.byteLength)
  const view = new DataView(file.buffer)
  const text = (at: number, letters: string): void => {
    for (let i = 0; i < letters.length; i++) file[at + i] = letters.charCodeAt(i)
  }
  text(0, 'RIFF')
  view.setUint32(4, HEADER - 8 + pcm.byteLength, true)
  text(8, 'WAVEfmt ')
  view.setUint32(16, 16, true)
  view.setUint16(20, 1, true) // PCM
  view.setUint16(22, 1, true) // channels
  view.setUint32(24, rate, true)
  view.setUint32(28, rate * 2, true)
  view.setUint16(32, 2, true)
  view.setUint16(34, 16, true)
  text(36, 'data')
  view.setUint32(40, pcm.byteLength, true)
  for (let i = 0; i < pcm.length; i++) view.setInt16(HEADER + 2 * i, pcm[i] ?? 0, true)
  return file
}
