#!/usr/bin/env node
/**
 * A file has 400 lines at most, and a function fits a screen: 60 lines, not counting empty ones. A function inside another is
 * counted by itself, so that a factory may hold as many small functions as the class that it stands for.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { root } from '../lib/run.mjs'

const MOST_OF_A_FILE = 400
/** Tests that share a server or a browser stand together: another one would cost seconds. */
const MOST_OF_TESTS = 800
const MOST_OF_A_FUNCTION = 60
const FOLDERS = ['src', 'web/src', 'scripts', 'bench', 'test']
/** Examples are a customer's own; migrations were released, and stay as they were. */
const LEFT_OUT = ['test/compat/soscripted/examples/', 'src/adapters/database/migrations/']

const faults = FOLDERS.flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true }).map((name) => join(folder, name)),
)
  .filter((path) => /\.(tsx?|mjs|js)$/.test(path) && !LEFT_OUT.some((folder) => path.startsWith(folder)))
  .flatMap(faultsOf)
for (const fault of faults) console.error(fault)
process.exit(faults.length > 0 ? 1 : 0)

function faultsOf(path) {
  const text = readFileSync(join(root, path), 'utf8')
  const lines = text.split('\n').length - 1
  const most = path.includes('.test.') ? MOST_OF_TESTS : MOST_OF_A_FILE
  const file = lines > most ? [`${path} has ${lines} lines, ${most} are the most`] : []
  // A test reads from top to bottom, and a table of cases is no function.
  return path.includes('.test.') ? file : [...file, ...functionsOf(path, text)]
}

function functionsOf(path, text) {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest)
  const lineOf = (position) => source.getLineAndCharacterOfPosition(position).line
  const written = text.split('\n').map((line) => line.trim() !== '')
  const faults = []
  /** @returns how many lines the functions in a node take */
  const visit = (node) => {
    let within = 0
    ts.forEachChild(node, (child) => {
      within += visit(child)
    })
    if (!ts.isFunctionLike(node) || !node.body) return within
    const start = lineOf(node.getStart(source))
    const all = written.slice(start, lineOf(node.end) + 1).filter(Boolean).length
    const own = all - within
    if (own > MOST_OF_A_FUNCTION)
      faults.push(`${path}:${start + 1} has ${own} lines, ${MOST_OF_A_FUNCTION} are the most`)
    // A function on one line shares it with the one around it.
    return all - 1
  }
  visit(source)
  return faults
}
