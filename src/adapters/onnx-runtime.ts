/**
 * ONNX Runtime is an optional dependency: its own installer wants hundreds of megabytes for NVIDIA's GPUs from
 * another place than the registry, and fails where that cannot be reached. npm then leaves the package out.
 */
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Finding } from '../ports/inspector.ts'

const NAME = 'onnxruntime-node'
/** The same place for the built program and for its sources. */
const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** Where it lies; undefined: nowhere. */
function folder(): string | undefined {
  try {
    return dirname(createRequire(import.meta.url).resolve(`${NAME}/package.json`))
  } catch {
    return undefined
  }
}

/** @throws Error in one line that says what to run */
export function requireOnnxRuntime(): void {
  const { ok, says, cure } = onnxRuntime()
  if (!ok) throw new Error(`ONNX Runtime ${says}: ${cure}`)
}

/** Looks without loading it, which takes memory that a process that only answers requests has no need of. */
export function onnxRuntime(): Finding {
  const name = 'ONNX Runtime'
  const there = folder()
  if (there === undefined) {
    const command = howToInstall(ROOT)
    const codes = { says: 'onnx.missing', cure: 'onnx.missing' }
    return { name, ok: false, says: 'is missing', cure: command, codes, values: { command } }
  }
  const platform = `${process.platform}/${process.arch}`
  const cure = 'use Linux with glibc, macOS or Windows, on x64 or arm64'
  if (!existsSync(join(there, 'bin/napi-v6', platform, 'onnxruntime_binding.node')))
    return {
      name,
      ok: false,
      says: `is not made for ${platform}`,
      cure,
      codes: { says: 'onnx.platform', cure: 'onnx.platform' },
      values: { platform },
    }
  return { name, ok: true, says: (readJson(there) as { version: string }).version }
}

/** @param root Earshot's own folder: in a project, in npm's global ones, or a clone */
export function howToInstall(root: string): string {
  const wanted = `--ignore-scripts ${NAME}@${versionIn(root)}`
  const above = dirname(root.replace(/[/\\]$/, ''))
  if (basename(above) !== 'node_modules') return `ONNXRUNTIME_NODE_INSTALL=skip npm install, in ${root}`
  const project = dirname(above)
  return existsSync(join(project, 'package.json'))
    ? `npm install ${wanted}, in ${project}`
    : `npm install --global ${wanted}`
}

function versionIn(root: string): string {
  const { optionalDependencies } = readJson(root) as { optionalDependencies: Record<string, string> }
  return optionalDependencies[NAME]!
}

const readJson = (dir: string): unknown => JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8'))
