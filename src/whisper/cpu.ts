import { readFileSync } from 'node:fs'
import type { Signedness } from './graphs/linear.ts'

/**
 * Which 8-bit weights this CPU multiplies without error. Intel's and AMD's without VNNI add pairs of products in 16
 * bits, where signed weights overflow (the encoder's error rises from 0.148 to 0.176). ARM's do not.
 */
export function signednessHere(architecture: string = process.arch, flags: string = cpuFlags()): Signedness {
  if (architecture === 'arm64') return 'signed'
  return /\b(avx512_vnni|avx_vnni)\b/.test(flags) ? 'signed' : 'unsigned'
}

/** As Linux lists them; empty elsewhere, where what is exact on every CPU is taken. */
function cpuFlags(): string {
  try {
    return /^flags\s*:.*$/m.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[0] ?? ''
  } catch {
    return ''
  }
}
