#!/usr/bin/env node
/**
 * The lock: whoever runs `npm ci`, on whatever system and on every Node.js that Earshot supports, gets all that
 * there is, and no warning.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import semver from 'semver'
import { root } from '../lib/run.mjs'

const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
const { allowScripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

/** The oldest that `engines` allows, and the last of each line that is kept up. */
const NODES = ['20.19.0', '22.99.0', '24.99.0', '26.99.0']

const faults = Object.entries(packages).flatMap(([path, entry]) => {
  if (path === '') return []
  const name = path.split('node_modules/').at(-1)
  return [...missingOptional(path, entry), ...refusedNodes(entry), ...undecidedScript(name, entry)].map(
    (fault) => `${name}@${entry.version} ${fault}`,
  )
})
for (const fault of faults) console.error(fault)
process.exit(faults.length > 0 ? 1 : 0)

/** npm leaves other platforms' packages out of a lock that it wrote beside an installed `node_modules`. */
function missingOptional(path, { optionalDependencies = {} }) {
  return Object.keys(optionalDependencies)
    .filter((name) => !found(path, name))
    .map((name) => `has an optional package that the lock lacks: ${name}`)
}

/** As Node looks for it: in the package's own node_modules, then in each above. */
function found(path, name) {
  const folders = `${path}/`.split('node_modules/').slice(1)
  return ['', ...folders].some(
    (_, depth) => packages[['', ...folders.slice(0, depth), name].join('node_modules/')],
  )
}

function refusedNodes({ engines }) {
  const range = engines?.node
  if (!range) return []
  return NODES.filter((node) => !semver.satisfies(node, range)).map(
    (node) => `does not run on Node.js ${node}, only on ${range}`,
  )
}

function undecidedScript(name, { hasInstallScript }) {
  return hasInstallScript && !(name in allowScripts)
    ? ['has an install script: decide it in allowScripts of package.json']
    : []
}
