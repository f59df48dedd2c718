/** One run of vitest, and what its report says. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from './run.mjs'

/**
 * @param {readonly string[]} args of `vitest run`: files and options
 * @param {readonly string[]} leftOut files that do not run
 * @returns {{ files: object[], broken: boolean }} each file with its tests, as vitest's JSON reporter gives them;
 * `broken` where the run failed though no file did: an error outside every test, or no report at all
 */
export function runTests(args, leftOut) {
  const scratch = mkdtempSync(join(tmpdir(), 'earshot-test-'))
  const report = join(scratch, 'report.json')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile=${report}`]
  const { status } = spawnSync(
    process.execPath,
    [join(root, 'node_modules/vitest/vitest.mjs'), 'run', ...reporters, ...args],
    { cwd: root, stdio: 'inherit', env: { ...process.env, EARSHOT_TESTS_LEFT_OUT: leftOut.join(',') } },
  )
  const files = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')).testResults : []
  rmSync(scratch, { recursive: true })
  return { files, broken: status !== 0 && files.every((file) => file.status !== 'failed') }
}
