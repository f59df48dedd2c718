#!/usr/bin/env node
/** `npm test`: sets everything up, checks the code, builds it, and runs every test. */
import { relative } from 'node:path'
import { build } from './build.mjs'
import { root, run, say } from './lib/run.mjs'
import { runTests } from './lib/run-tests.mjs'
import { testsThatNeed } from './lib/tests-that-need.mjs'
import { setup } from './setup.mjs'

/** More than so many files do not fail by chance. */
const FEW = 6

const lacking = testsThatNeed(setup({ test: true }))
build()
if (!run(process.execPath, ['scripts/check.mjs'])) process.exit(1)

const asked = process.argv.slice(2)
const leftOut = [...lacking.keys()]
let { files, broken } = runTests(asked, leftOut)
const failed = files.filter(({ status }) => status === 'failed').map(({ name }) => name)
if (!broken && failed.length > 0 && failed.length <= FEW) again()
listSkipped()
const count = (...statuses) =>
  files.flatMap((file) => file.assertionResults).filter(({ status }) => statuses.includes(status)).length
const passed = count('passed')
const failedFiles = files.filter(({ status }) => status === 'failed')
// A file that cannot even be loaded has no tests that failed.
const failures = count('failed') + failedFiles.filter((file) => file.assertionResults.length === 0).length
if (passed === 0) say('no test ran')
console.log(`${passed} passed, ${failures} failed, ${count('skipped', 'pending', 'todo')} skipped`)
process.exit(!broken && failedFiles.length === 0 && passed > 0 ? 0 : 1)

/**
 * Runs the few files that failed once more, each whole and with its own server: a browser or a process may be late
 * where the machine is busy with something else. What fails twice is broken. A test alone is not tried again within its
 * file, because those before it have left their marks.
 */
function again() {
  for (const name of failed) console.log(`failed, and runs once more: ${relative(root, name)}`)
  const options = asked.filter((arg) => arg.startsWith('-'))
  const second = runTests([...options, ...failed.map((name) => relative(root, name))], leftOut)
  broken = second.broken
  files = [...files.filter(({ name }) => !failed.includes(name)), ...second.files]
  for (const { name, status } of second.files)
    if (status === 'passed') console.log(`failed once, then passed: ${relative(root, name)}`)
}

/** By name and reason: a test that looks for its tools itself has the reason in its name. */
function listSkipped() {
  for (const [file, tool] of lacking) console.log(`skipped: ${file}, because ${tool} is missing`)
  for (const { name, assertionResults } of files)
    for (const { status, fullName } of assertionResults)
      if (status === 'skipped' || status === 'pending')
        console.log(`skipped: ${relative(root, name)}: ${fullName}`)
}
