import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { defaultDataFolder, platformFolder } from './data-folder.ts'

it('lies in the checkout', () => {
  expect(defaultDataFolder()).toBe(resolve(import.meta.dirname, '../../data'))
})

it.each([
  ['linux', {}, '/home/ann/.local/share/earshot'],
  ['linux', { XDG_DATA_HOME: '/srv/share' }, '/srv/share/earshot'],
  ['linux', { XDG_DATA_HOME: '' }, '/home/ann/.local/share/earshot'],
  ['darwin', {}, '/home/ann/Library/Application Support/earshot'],
  ['win32', {}, '/home/ann/AppData/Local/earshot'],
] as const)('is the folder of %s for a package %j', (platform, env, folder) => {
  expect(platformFolder(platform, env, '/home/ann')).toBe(folder)
})
