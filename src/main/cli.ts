/** The program `earshot`: reads its arguments and settings, and hands them to one command. */
import { Command } from 'commander'
import { accounts } from '../cli/accounts.ts'
import { type CliTools, CommandError, USAGE } from '../cli/context.ts'
import { credits } from '../cli/credits.ts'
import { doctor } from '../cli/doctor.ts'
import { job } from '../cli/job.ts'
import { keys } from '../cli/keys.ts'
import { mcp } from '../cli/mcp.ts'
import { models } from '../cli/models.ts'
import { operators } from '../cli/operators.ts'
import { watchOutput } from '../cli/output.ts'
import { plans } from '../cli/plans.ts'
import { transcribe } from '../cli/transcribe.ts'
import { ytDlp } from '../cli/yt-dlp.ts'
import { ConfigError, loadConfig } from '../config/load.ts'
import { DomainError } from '../domain/errors.ts'
import { composeBase, composeInspector, composeModels, composePipeline, composeYtDlp } from './compose.ts'
import { createLogger } from './logger.ts'

const program = new Command('earshot')
  .description('A transcription server that you run yourself.')
  .showHelpAfterError('(earshot --help tells more)')
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : USAGE))

const tools: CliTools = {
  action:
    (run) =>
    async (...args) => {
      try {
        await run(loadConfig(process.env), ...args)
      } catch (cause) {
        complain(cause)
        process.exit(cause instanceof CommandError ? cause.exitCode : 1)
      }
    },
  openBase: composeBase,
  openModels: composeModels,
  openInspector: composeInspector,
  openPipeline: composePipeline,
  openDownloader: (config) => composeYtDlp(config),
}

function complain(cause: unknown): void {
  process.stderr.write(`earshot: ${oneLine(cause)}\n`)
  if (process.env.EARSHOT_LOG_LEVEL === 'debug') console.error(cause)
}

watchOutput((error) => {
  complain(error)
  // Commands tidy up; a server goes on.
  process.exitCode = 1
})

function oneLine(cause: unknown): string {
  if (cause instanceof ConfigError || cause instanceof DomainError) return cause.message
  return cause instanceof Error ? (cause.message.split('\n')[0] ?? cause.name) : String(cause)
}

const ROLES = {
  serve: ['answer requests and do the work, in one process', { api: true, worker: true }],
  api: ['answer requests only (with PostgreSQL, beside workers)', { api: true, worker: false }],
  worker: ['do the work only (with PostgreSQL, beside api processes)', { api: false, worker: true }],
} as const

for (const [name, [description, roles]] of Object.entries(ROLES))
  program
    .command(name)
    .description(description)
    .action(
      tools.action(async (config) => {
        // Most of the program, and no other command needs it.
        const { serve } = await import('./serve.ts')
        await serve(config, roles, createLogger(config.EARSHOT_LOG_LEVEL))
      }),
    )

accounts(program, tools)
keys(program, tools)
models(program, tools)
mcp(program, tools)
credits(program, tools)
plans(program, tools)
operators(program, tools)
transcribe(program, tools)
job(program, tools)
ytDlp(program, tools)
doctor(program, tools)

await program.parseAsync()
