import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

/** Tests drive the built program: it must be that of the sources at hand. Quick where nothing changed. */
export default function setup(): void {
  const { status } = spawnSync(process.execPath, [join(import.meta.dirname, '../scripts/build.mjs')], {
    stdio: 'inherit',
  })
  if (status !== 0) throw new Error('the build failed')
}
