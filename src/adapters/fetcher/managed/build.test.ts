import { expect, it } from 'vitest'
import { buildFor, thisMachine } from './build.ts'

it.each([
  ['linux', 'x64', '2.36', 'yt-dlp_linux'],
  ['linux', 'arm64', '2.36', 'yt-dlp_linux_aarch64'],
  ['linux', 'x64', undefined, 'yt-dlp_musllinux'],
  ['linux', 'arm64', undefined, 'yt-dlp_musllinux_aarch64'],
  ['linux', 'riscv64', '2.36', 'yt-dlp'],
  ['darwin', 'arm64', undefined, 'yt-dlp_macos'],
  ['freebsd', 'x64', undefined, 'yt-dlp'],
] as const)('on %s %s, glibc %s: %s', (platform, arch, glibc, build) => {
  expect(buildFor({ platform, arch, glibc })).toBe(build)
})

it('knows this machine', () => {
  expect(thisMachine()).toMatchObject({ platform: process.platform, arch: process.arch })
})
