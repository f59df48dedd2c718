/** Speech as it is hard to hear: made from plain speech, so that its words and times stay known. 16 kHz. */
import { random } from './tone.ts'

const RATE = 16_000
const ratio = (decibels: number): number => 10 ** (decibels / 20)
const toPcm = (samples: ArrayLike<number>): Int16Array =>
  Int16Array.from({ length: samples.length }, (_, i) =>
    Math.max(-32_768, Math.min(32_767, Math.round(samples[i]!))),
  )

/** So many decibels more, clipped where that is too much. */
export const louder = (pcm: Int16Array, decibels: number): Int16Array =>
  toPcm(Float64Array.from(pcm, (s) => s * ratio(decibels)))

/** Level of what is not silence: the loudest half of its frames, root mean square. */
export function speechLevel(pcm: Int16Array): number {
  const powers: number[] = []
  for (let at = 0; at + 512 <= pcm.length; at += 512)
    powers.push(pcm.subarray(at, at + 512).reduce((sum, s) => sum + s * s, 0) / 512)
  const loud = powers.sort((a, b) => b - a).slice(0, Math.ceil(powers.length / 2))
  return Math.sqrt(loud.reduce((sum, p) => sum + p, 0) / loud.length)
}

/** Noise of a level (root mean square); pink falls by 3 dB an octave. */
export function noise(
  samples: number,
  level: number,
  seed: number,
  colour: 'white' | 'pink' = 'white',
): Int16Array {
  const next = random(seed)
  const gauss = (): number => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
  const out = new Float64Array(samples)
  // Paul Kellet's filter.
  let [a, b, c] = [0, 0, 0]
  for (let i = 0; i < samples; i++) {
    const white = gauss()
    a = 0.99765 * a + white * 0.099046
    b = 0.963 * b + white * 0.2965164
    c = 0.57 * c + white * 1.0526913
    out[i] = colour === 'white' ? white : a + b + c + white * 0.1848
  }
  const power = Math.sqrt(out.reduce((sum, s) => sum + s * s, 0) / samples)
  return toPcm(out.map((s) => (s / power) * level))
}

export function mixed(a: Int16Array, b: Int16Array): Int16Array {
  return toPcm(Float64Array.from(a, (s, i) => s + (b[i] ?? 0)))
}

/** Speech with noise so many decibels below it. */
export const inNoise = (pcm: Int16Array, below: number, seed: number): Int16Array =>
  mixed(pcm, noise(pcm.length, speechLevel(pcm) / ratio(below), seed, 'pink'))

/** What a telephone leaves of it: 300 to 3400 Hz. */
export function telephone(pcm: Int16Array): Int16Array {
  let samples = Float64Array.from(pcm)
  for (const q of [0.54, 1.31]) samples = biquad(samples, 'high', 300, q)
  for (const q of [0.54, 1.31]) samples = biquad(samples, 'low', 3400, q)
  return toPcm(samples)
}

/** After Robert Bristow-Johnson's cookbook. */
function biquad(x: Float64Array, kind: 'low' | 'high', hz: number, q: number): Float64Array<ArrayBuffer> {
  const w = (2 * Math.PI * hz) / RATE
  const alpha = Math.sin(w) / (2 * q)
  const cos = Math.cos(w)
  const side = kind === 'low' ? 1 - cos : 1 + cos
  const [b0, b1] = [side / 2, kind === 'low' ? side : -side]
  const a0 = 1 + alpha
  const y = new Float64Array(x.length)
  for (let i = 0; i < x.length; i++) {
    const input = b0 * x[i]! + b1 * (x[i - 1] ?? 0) + b0 * (x[i - 2] ?? 0)
    y[i] = (input + 2 * cos * (y[i - 1] ?? 0) - (1 - alpha) * (y[i - 2] ?? 0)) / a0
  }
  return y
}

const ORDER = 18
const FRAME = 400
const HOP = 100

/** The same mouth, another throat: what linear prediction finds of the voice, with another sound in it. */
function revoiced(pcm: Int16Array, excitation: (i: number) => number): Int16Array {
  const out = new Float64Array(pcm.length + FRAME)
  const hann = Float64Array.from({ length: FRAME }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / FRAME))
  const before = Float64Array.from(pcm, (s, i) => s - 0.95 * (pcm[i - 1] ?? 0))
  for (let at = 0; at + FRAME <= pcm.length; at += HOP) {
    const { coefficients, gain } = predict(before.subarray(at, at + FRAME).map((s, i) => s * hann[i]!))
    const y = new Float64Array(FRAME)
    for (let i = 0; i < FRAME; i++) {
      let sum = gain * excitation(at + i)
      for (let k = 1; k <= ORDER; k++) sum -= coefficients[k]! * (y[i - k] ?? 0)
      y[i] = sum
    }
    for (let i = 0; i < FRAME; i++) out[at + i]! += (y[i]! * hann[i]!) / 2
  }
  for (let i = 1; i < out.length; i++) out[i]! += 0.95 * out[i - 1]!
  return toPcm(out.subarray(0, pcm.length))
}

/** Levinson and Durbin's recursion. */
function predict(frame: Float64Array): { coefficients: Float64Array; gain: number } {
  const r = Float64Array.from({ length: ORDER + 1 }, (_, lag) => {
    let sum = 0
    for (let i = lag; i < frame.length; i++) sum += frame[i]! * frame[i - lag]!
    return sum
  })
  let a = new Float64Array(ORDER + 1)
  a[0] = 1
  let error = r[0]! * 1.0001 + 1e-9
  for (let i = 1; i <= ORDER; i++) {
    let sum = r[i]!
    for (let j = 1; j < i; j++) sum += a[j]! * r[i - j]!
    const k = -sum / error
    const next = a.slice()
    for (let j = 1; j < i; j++) next[j] = a[j]! + k * a[i - j]!
    next[i] = k
    a = next
    error *= 1 - k * k
  }
  return { coefficients: a, gain: Math.sqrt(Math.max(0, error) / frame.length) * 1.6 }
}

/** Breath instead of a voice, fainter by as much as whispering is. */
export function whispered(pcm: Int16Array, seed = 1): Int16Array {
  const next = random(seed)
  const breath = Float64Array.from({ length: pcm.length + FRAME }, () => (next() - 0.5) * 3.46)
  return louder(
    revoiced(pcm, (i) => breath[i]!),
    -15,
  )
}

/** A held note instead of a voice's melody, another one each half second, with a tremble. */
export function sung(pcm: Int16Array): Int16Array {
  const notes = [0, 4, 7, 5, 9, 7, 4, 2]
  const pulses = new Float64Array(pcm.length + FRAME)
  let phase = 0
  for (let i = 0; i < pulses.length; i++) {
    const note = notes[Math.floor((2 * i) / RATE) % notes.length]!
    const hz = 220 * 2 ** (note / 12) * (1 + 0.01 * Math.sin((2 * Math.PI * 5.5 * i) / RATE))
    phase += hz / RATE
    if (phase < 1) continue
    phase -= 1
    pulses[i] = Math.sqrt(RATE / hz)
  }
  return revoiced(pcm, (i) => pulses[i]!)
}
