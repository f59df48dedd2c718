import { expect, it } from 'vitest'
import { signednessHere } from './cpu.ts'

it.each([
  ['arm64', '', 'signed'],
  ['x64', 'flags : fpu avx avx2 avx512_vnni sse', 'signed'],
  ['x64', 'flags : avx2 avx_vnni', 'signed'],
  ['x64', 'flags : fpu avx avx2 avx512f', 'unsigned'],
  ['x64', '', 'unsigned'],
] as const)('on %s with “%s” weights are %s', (architecture, flags, signedness) => {
  expect(signednessHere(architecture, flags)).toBe(signedness)
})

it('is known here', () => {
  expect(['signed', 'unsigned']).toContain(signednessHere())
})
