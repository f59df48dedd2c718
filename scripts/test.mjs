#!/usr/bin/env node
/** `npm test`: sets everything up, checks the code, builds it, and runs every test. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from './build.mjs'
import { root, run, say } from './lib/run.mjs'
import { setup } from './setup.mjs'

setup({ test: true })
build()
if (!run(process.execPath, ['scripts/check.mjs'])) process.exit(1)

const scratch = mkdtempSync(join(tmpdir(), 'earshot-test-'))
const report = join(scratch, 'report.json')
const args = [
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile=${report}`,
  ...process.argv.slice(2),
]
const { status } = spawnSync(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), ...args], {
  cwd: root,
  stdio: 'inherit',
})
const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(report, 'utf8'))
rmSync(scratch, { recursive: true })
if (numPassedTests === 0) say('no test ran')
console.log(`${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped`)
process.exit(status === 0 && numPassedTests > 0 ? 0 : 1)
