/** What the page of errors tells its reader to do can be done. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { schema } from '../../src/config/schema.ts'
import { ERRORS, type ErrorCode } from '../../src/domain/errors.ts'
import { isFinal, rendered } from '../../src/http/surfaces/openai/errors.ts'

const root = join(import.meta.dirname, '../..')
const remedies = Object.values(ERRORS).map(({ remedy }) => remedy)
const named = (pattern: RegExp): string[] => [
  ...new Set(remedies.flatMap((text) => [...text.matchAll(pattern)].map(([, name]) => name!))),
]

describe('what the remedies name', () => {
  it('settings exist', () => {
    const names = named(/\b(EARSHOT_[A-Z_]+)/g)
    expect(names.length).toBeGreaterThan(10)
    for (const name of names) expect(Object.keys(schema.shape)).toContain(name)
  })

  it.each(named(/`earshot ([a-z -]+)`/g))('the command `earshot %s` exists', (command) => {
    const words = command.split(' ').filter((word) => word !== 'diarization')
    const help = execFileSync(process.execPath, [join(root, 'bin/earshot.js'), ...words, '--help'], {
      encoding: 'utf8',
    })
    expect(help).toContain(`Usage: earshot ${words.join(' ')} `)
  })

  it('routes are documented', () => {
    const api = readFileSync(join(root, 'docs/openapi/released.json'), 'utf8')
    const routes = named(/`(?:GET|POST) (\/v1\/[a-z{}/-]+)`/g)
    expect(routes.length).toBeGreaterThan(3)
    for (const route of routes) expect(api, route).toContain(`"${route}"`)
  })
})

it('OpenAI’s clients repeat what may pass, and nothing that cannot', () => {
  const codes = (Object.keys(ERRORS) as ErrorCode[]).filter((code) =>
    [429, 503].includes(rendered(code).status),
  )
  expect(codes.filter(isFinal)).toEqual(['credits.insufficient'])
})
