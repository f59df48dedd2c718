import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { EngineError } from '../../../ports/engine.ts'
import type { OnCard } from '../../../whisper/graphs/build.ts'

/** `EARSHOT_DEVICE` */
export type DeviceSetting = 'auto' | Device
/** Where Whisper's products are computed: ONNX Runtime's execution providers. */
export type Device = 'cpu' | 'cuda' | 'coreml' | 'webgpu'

/** CUDA runs a loop on the card as a whole; the others are handed each operator of it. */
export const ON_CARD: Readonly<Record<Device, OnCard>> = {
  cpu: 'nothing',
  cuda: 'both',
  coreml: 'encoder',
  webgpu: 'encoder',
}

/** What each needs that is not there by itself. */
const NEEDS: Record<Exclude<Device, 'cpu'>, string> = {
  cuda:
    'an NVIDIA card on Linux x64, CUDA and cuDNN 9, and the CUDA libraries of ONNX Runtime ' +
    '(docs/engines.md, “On a graphics card”)',
  coreml: 'a Mac',
  webgpu: 'a graphics card with a driver for Vulkan, Metal or Direct3D 12',
}

/**
 * The device that was asked for; `auto` takes CUDA where its libraries were installed beside ONNX Runtime, and else the
 * CPU: WebGPU and Core ML are slower than 8 bits on a CPU for small models, so they are taken only by name.
 * @throws EngineError where this build of ONNX Runtime cannot use it
 */
export function chooseDevice(setting: DeviceSetting): Device {
  if (setting === 'auto') return hasCudaLibraries() ? 'cuda' : 'cpu'
  const isPossible = {
    cpu: true,
    cuda: process.platform === 'linux' && hasCudaLibraries(),
    coreml: process.platform === 'darwin',
    webgpu: true,
  }[setting]
  if (!isPossible) throw deviceMissing(setting, 'it cannot be used on this machine')
  return setting
}

export const deviceMissing = (device: Device, why: string): EngineError =>
  new EngineError(
    'unavailable',
    device === 'cpu'
      ? why
      : `EARSHOT_DEVICE=${device}: ${why}. It needs ${NEEDS[device]}. EARSHOT_DEVICE=cpu works everywhere`,
  )

function hasCudaLibraries(): boolean {
  try {
    const root = dirname(createRequire(import.meta.url).resolve('onnxruntime-node/package.json'))
    const beside = join(root, 'bin/napi-v6', process.platform, process.arch)
    return existsSync(join(beside, 'libonnxruntime_providers_cuda.so'))
  } catch {
    return false
  }
}
