/** `earshot completion`, in the shells themselves. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { earshot } from '../support/server.ts'

let dir: string

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'earshot-completion-'))
  for (const shell of ['bash', 'zsh', 'fish']) {
    const { code, stdout } = await earshot(dir, ['completion', shell])
    expect(code).toBe(0)
    writeFileSync(join(dir, shell), stdout)
  }
})
afterAll(() => rmSync(dir, { recursive: true, force: true }))

const run = (command: string, args: string[]): string[] =>
  execFileSync(command, args, { encoding: 'utf8', cwd: dir }).split('\n').filter(Boolean)

const ASK: Record<string, (words: string[]) => string[]> = {
  bash(words) {
    const line = `source ./bash; COMP_WORDS=("$@"); COMP_CWORD=$(( $# - 1 )); _earshot; printf '%s\\n' "\${COMPREPLY[@]}"`
    return run('bash', ['-c', line, 'bash', 'earshot', ...words])
  },
  zsh(words) {
    const stubs = `compdef() { : }; compadd() { shift; print -l -- "$@" }; _files() { : }
      _describe() { print -l -- "\${(@)\${(P@)3}%%:*}" }`
    const line = `${stubs}; source ./zsh; words=("$@"); CURRENT=$#; _earshot`
    return run('/usr/bin/zsh', ['-fc', line, 'zsh', 'earshot', ...words])
  },
  fish(words) {
    const line = `source ./fish; complete -C "earshot ${words.join(' ')}"`
    return run('/usr/bin/fish', ['-c', line]).map((each) => each.split('\t')[0]!)
  },
}

describe.each([
  ['bash', true],
  ['zsh', existsSync('/usr/bin/zsh')],
  ['fish', existsSync('/usr/bin/fish')],
] as const)('%s', (shell, isThere) => {
  const offers = (words: string[]): string[] => {
    const typed = words.at(-1)!
    return ASK[shell]!(words).filter((each) => each.startsWith(typed))
  }

  it.runIf(isThere)('offers commands, their commands, options and their values', () => {
    expect(offers(['tr'])).toEqual(['transcribe'])
    expect(offers(['models', 'p'])).toEqual(['pull'])
    expect(offers(['transcribe', '--diar'])).toEqual(['--diarize'])
    expect(offers(['transcribe', 'a.wav', '--mode', 'cap'])).toEqual(['captions'])
    expect(offers(['completion', 'fi'])).toContain('fish')
    expect(offers(['keys', 'create', '--ex'])).toEqual(['--expires'])
  })
})
