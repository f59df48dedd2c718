import type { Command } from 'commander'
import type { CliTools } from './context.ts'
import { say } from './output.ts'

export function doctor(program: Command, tools: CliTools): void {
  program
    .command('doctor')
    .description('what is installed, what is missing, and how to get it')
    .action(
      tools.action(async (config) => {
        const { inspector, close } = tools.openInspector(config)
        const findings = await inspector.inspect().finally(close)
        for (const { name, ok, says, cure } of findings)
          say(`${ok ? '✓' : '✗'} ${name}: ${says}${!ok && cure ? `\n    → ${cure}` : ''}\n`)
        if (findings.some((f) => !f.ok)) process.exitCode = 1
      }),
    )
}
