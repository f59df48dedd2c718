import type { Command } from 'commander'
import type { CliTools } from './context.ts'
import { say } from './output.ts'

export function doctor(command: Command, tools: CliTools): void {
  command.action(
    tools.action(async (config) => {
      const { inspector, close } = await tools.openInspector(config)
      const findings = await inspector.inspect().finally(close)
      for (const { name, ok, says, cure } of findings)
        say(`${ok ? '✓' : '✗'} ${name}: ${says}${!ok && cure ? `\n    → ${cure}` : ''}\n`)
      const wrong = findings.filter(({ ok }) => !ok).length
      say(`\n${verdict(wrong)}\n`)
      if (wrong > 0) process.exitCode = 1
    }),
  )
}

function verdict(wrong: number): string {
  if (wrong === 0) return 'All is well.'
  return wrong === 1 ? 'One thing wants mending.' : `${wrong} things want mending.`
}
