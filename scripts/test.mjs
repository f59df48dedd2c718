#!/usr/bin/env node
/** `npm test`: sets everything up, checks the code, builds it, and runs every test. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { build } from './build.mjs'
import { root, run, say } from './lib/run.mjs'
import { testsThatNeed } from './lib/tests-that-need.mjs'
import { setup } from './setup.mjs'

const lacking = testsThatNeed(setup({ test: true }))
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
  env: { ...process.env, EARSHOT_TESTS_LEFT_OUT: [...lacking.keys()].join(',') },
})
if (!existsSync(report)) {
  say('vitest ended without a report')
  process.exit(1)
}
const { numPassedTests, numFailedTests, numPendingTests, testResults } = JSON.parse(
  readFileSync(report, 'utf8'),
)
rmSync(scratch, { recursive: true })
listSkipped(testResults)
if (numPassedTests === 0) say('no test ran')
console.log(`${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped`)
process.exit(status === 0 && numPassedTests > 0 ? 0 : 1)

/** By name and reason: a test that looks for its tools itself has the reason in its name. */
function listSkipped(files) {
  for (const [file, tool] of lacking) console.log(`skipped: ${file}, because ${tool} is missing`)
  for (const { name, assertionResults } of files)
    for (const { status, fullName } of assertionResults)
      if (status === 'skipped' || status === 'pending')
        console.log(`skipped: ${relative(root, name)}: ${fullName}`)
}
