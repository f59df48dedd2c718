import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { howToInstall, onnxRuntime, requireOnnxRuntime } from './onnx-runtime.ts'

let dir: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'earshot-onnx-'))
})
afterEach(() => rm(dir, { recursive: true, force: true }))

async function installedIn(path: string): Promise<string> {
  const root = join(dir, path)
  await mkdir(root, { recursive: true })
  await writeFile(
    join(root, 'package.json'),
    JSON.stringify({ optionalDependencies: { 'onnxruntime-node': '1.2.3' } }),
  )
  return `${root}/`
}

it('is here', () => {
  requireOnnxRuntime()
  expect(onnxRuntime()).toMatchObject({ ok: true, says: expect.stringMatching(/^1\.\d+\.\d+/) })
})

it('where it is missing, the command fits the way in which Earshot was installed', async () => {
  const packaged = await installedIn('lib/node_modules/earshot')
  expect(howToInstall(packaged)).toBe('npm install --global --ignore-scripts onnxruntime-node@1.2.3')
  await writeFile(join(dir, 'lib/package.json'), '{}')
  expect(howToInstall(packaged)).toBe(
    `npm install --ignore-scripts onnxruntime-node@1.2.3, in ${join(dir, 'lib')}`,
  )
  const clone = await installedIn('earshot')
  expect(howToInstall(clone)).toBe(`ONNXRUNTIME_NODE_INSTALL=skip npm install, in ${clone}`)
})
