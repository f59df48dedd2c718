#!/usr/bin/env node
/** Prints CHANGELOG.md's section for a tag such as `v1.2.3`, and fails where it is not ready to be released. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root, say } from './lib/run.mjs'

const [tag] = process.argv.slice(2)
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
if (tag !== `v${version}`) stop(`the tag is ${tag}, and package.json has ${version}`)

const sections = readFileSync(join(root, 'CHANGELOG.md'), 'utf8').split(/^## /m)
const section = sections.find((each) => each.startsWith(`${version} `) || each.startsWith(`${version}\n`))
if (!section) stop(`CHANGELOG.md has no section "## ${version}"`)
const [heading, ...lines] = section.split('\n')
if (heading.includes('unreleased')) stop(`CHANGELOG.md still calls ${version} unreleased: give it a date`)
console.log(lines.join('\n').trim())

function stop(message) {
  say(message)
  process.exit(1)
}
