/** The program `earshot`: reads its arguments and settings, and hands them to one command. */
import { Command, Option } from 'commander'
import { type CliTools, CommandError, USAGE } from '../cli/context.ts'
import { listOf } from '../cli/list-of.ts'
import { watchOutput } from '../cli/output.ts'
import { ConfigError } from '../config/error.ts'
import { DomainError } from '../domain/errors.ts'
import type { WorkerRole } from '../domain/workers/roles.ts'
import { version } from './version.ts'

const program = new Command('earshot')
  .description('A transcription server that you run yourself.')
  .version(version, '-V, --version', 'print the version')
  .showHelpAfterError('(earshot --help tells more)')
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : USAGE))

// To read what a command does not need takes longer than most commands do.
const compose = () => import('./compose.ts')

const tools: CliTools = {
  action:
    (run) =>
    async (...args) => {
      try {
        const { loadConfig } = await import('../config/load.ts')
        await run(loadConfig(process.env), ...args)
      } catch (cause) {
        complain(cause)
        process.exit(cause instanceof CommandError ? cause.exitCode : 1)
      }
    },
  openBase: async (config) => (await compose()).composeBase(config),
  openModels: async (config) => (await import('./compose-engine.ts')).composeModels(config),
  openInspector: async (config) => (await import('./compose-doctor.ts')).composeInspector(config),
  async openEngine(config) {
    const [{ composeEngine }, { createLogger }] = await Promise.all([
      import('./compose-engine.ts'),
      import('./logger.ts'),
    ])
    const logger = createLogger(config.EARSHOT_LOG_LEVEL)
    const { engine, close } = await composeEngine(config, logger)
    return { engine, logger, close: () => close(0) }
  },
  async openPipeline(config, ...rest) {
    const endUnused = config.EARSHOT_ENGINE_URL ? undefined : await startEngineAhead()
    try {
      const { composePipeline } = await import('./compose-pipeline.ts')
      return await composePipeline(config, ...rest)
    } finally {
      endUnused?.()
    }
  },
  openDownloader: async (config) => (await import('./compose-fetching.ts')).composeYtDlp(config),
}

/** Nearly everyone's is Whisper, whose process reads ONNX Runtime while this one reads what is left of the command. */
async function startEngineAhead(): Promise<() => void> {
  const [{ startAhead }, { WHISPER_HOST }] = await Promise.all([
    import('../processes/child.ts'),
    import('../adapters/engine/whisper/host-module.ts'),
  ])
  return startAhead(WHISPER_HOST)
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

interface WorkerOptions {
  only?: WorkerRole
  models?: string[]
}

for (const [name, [about, roles]] of Object.entries(ROLES)) {
  const command = program.command(name).description(about)
  if (name === 'worker') workerOptions(command)
  command.action(
    tools.action(async (config, { only, models }: WorkerOptions) => {
      const [{ serve }, { createLogger }] = await Promise.all([import('./serve.ts'), import('./logger.ts')])
      const asked = {
        ...config,
        ...(only && { EARSHOT_WORKER_ROLE: only }),
        ...(models && { EARSHOT_WORKER_MODELS: models }),
      }
      await serve(asked, roles, createLogger(config.EARSHOT_LOG_LEVEL))
    }),
  )
}

function workerOptions(command: Command): void {
  command
    .addOption(
      new Option(
        '--only <half>',
        'fetch: download, decode and hand parts over; recognise: transcribe those parts',
      ).choices(['fetch', 'recognise']),
    )
    .option('--models <list>', 'take only work for these models, separated by commas', listOf)
}

type Define = (command: Command, tools: CliTools) => void

const COMMANDS: [name: string, about: string, load: () => Promise<Define>][] = [
  [
    'transcribe',
    'files, folders and links become text',
    async () => (await import('../cli/transcribe/command.ts')).transcribe,
  ],
  ['watch', 'transcribe what comes into a folder', async () => (await import('../cli/watch.ts')).watch],
  [
    'batch',
    'transcribe many links, or a playlist, a channel or a feed, on a server',
    async () => (await import('../cli/batch.ts')).batch,
  ],
  [
    'subscriptions',
    'playlists, channels and feeds whose new entries a server transcribes',
    async () => (await import('../cli/subscriptions.ts')).subscriptions,
  ],
  [
    'models',
    'speech models: which there are, and fetching them',
    async () => (await import('../cli/models.ts')).models,
  ],
  ['accounts', 'accounts of this installation', async () => (await import('../cli/accounts.ts')).accounts],
  ['keys', 'API keys of an account', async () => (await import('../cli/keys.ts')).keys],
  ['credits', 'credits of accounts', async () => (await import('../cli/credits.ts')).credits],
  [
    'plans',
    'plans, packs of credits, and who bought them',
    async () => (await import('../cli/plans.ts')).plans,
  ],
  [
    'operators',
    'the people who look after this server',
    async () => (await import('../cli/operators.ts')).operators,
  ],
  [
    'runner',
    'hear parts of a server’s recordings on this machine',
    async () => (await import('../cli/runner/command.ts')).runner,
  ],
  [
    'runners',
    'machines that may hear for this server',
    async () => (await import('../cli/runners.ts')).runners,
  ],
  [
    'mcp',
    'tools for assistants (Model Context Protocol) on stdin and stdout, by a server that runs',
    async () => (await import('../cli/mcp.ts')).mcp,
  ],
  ['job', 'what became of a transcription, step by step', async () => (await import('../cli/job.ts')).job],
  [
    'yt-dlp',
    'the program that fetches posts from the platforms',
    async () => (await import('../cli/yt-dlp.ts')).ytDlp,
  ],
  [
    'doctor',
    'what is installed, what is wrong, and how to mend it',
    async () => (await import('../cli/doctor.ts')).doctor,
  ],
  [
    'completion',
    'the script that completes commands in a shell',
    async () => (await import('../cli/completion.ts')).completion,
  ],
]

/** Only the command that is asked for is read; that of completion wants to know all of them. */
const [first = '', second] = process.argv.slice(2)
const wanted = first === 'help' ? second : first
for (const [name, about, load] of COMMANDS) {
  const command = program.command(name).description(about)
  if (name === wanted || wanted === 'completion') (await load())(command, tools)
}

await program.parseAsync()
