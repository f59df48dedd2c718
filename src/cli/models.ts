import type { Command } from 'commander'
import type { Config } from '../config/schema.ts'
import type { ModelInfo, PullProgress } from '../ports/model-library.ts'
import type { CliTools } from './context.ts'
import { interruptible } from './interrupt.ts'
import { print, say } from './output.ts'

const MB = 1e6

export function models(group: Command, tools: CliTools): void {
  group
    .command('list')
    .description('the catalogue, what of it is installed, and models of your own')
    .option('--json', 'for scripts')
    .action(
      tools.action(async (config, { json }: { json?: boolean }) => {
        const all = await (await tools.openModels(config)).list()
        if (json) return print(all)
        say(
          `${all.map(line).join('\n')}\n` +
            '\n● installed   ★ serves where EARSHOT_MODEL is not set\n' +
            'Word error rates: Open ASR Leaderboard, English, short form.\n',
        )
      }),
    )
  group
    .command('pull')
    .description('fetch a model; an interrupted one goes on where it was')
    .argument('<model>')
    .action(tools.action((config, name: string) => pull(tools, config, name)))
  group
    .command('add')
    .description('add Whisper weights that are not in the catalogue: of the hub, or a folder')
    .argument(
      '<id|folder>',
      'a repository of Hugging Face, as Systran/faster-whisper-small[@revision], or a folder',
    )
    .option('--name <name>', 'what it is called here; default: as the repository or the folder is')
    .option(
      '--token <token>',
      'of an account on Hugging Face, for what is not public; default: EARSHOT_HUB_TOKEN',
    )
    .addHelpText('after', ADD_HELP)
    .action(tools.action((config, what: string, options: AddOptions) => add(tools, config, what, options)))
  group
    .command('use')
    .description('make an installed model the default; servers take it at their next start')
    .argument('<model>')
    .action(tools.action(async (config, name: string) => (await tools.openModels(config)).use(name)))
  group
    .command('remove')
    .description('delete an installed model')
    .argument('<model>')
    .action(tools.action(async (config, name: string) => (await tools.openModels(config)).remove(name)))
}

const ADD_HELP = `
Fetched is what is needed of it: CTranslate2's model.bin, or model.safetensors (sharded too), with config.json and
the tokenizer. Every file is checked against the hub's own listing. A folder is copied; to use one where it lies,
name it in EARSHOT_MODEL.

  earshot models add openai/whisper-small
  earshot models add our-company/whisper-medical@v2 --name medical --token hf_…
  earshot models add ./my-fine-tune && earshot models use my-fine-tune
`

interface AddOptions {
  name?: string
  token?: string
}

async function pull(tools: CliTools, config: Config, name: string): Promise<void> {
  const models = await tools.openModels(config)
  await watched(name, (onProgress, signal) => models.pull(name, onProgress, signal))
  say(`${name} is installed\n`)
}

async function add(
  tools: CliTools,
  config: Config,
  what: string,
  { name, token }: AddOptions,
): Promise<void> {
  const models = await tools.openModels(
    token === undefined ? config : { ...config, EARSHOT_HUB_TOKEN: token },
  )
  const added = await watched(what, (onProgress, signal) => models.add(what, name, onProgress, signal))
  say(`${added} is installed; make it the default with: earshot models use ${added}\n`)
}

/** Shows progress, and lets Ctrl-C end it. */
async function watched<T>(
  what: string,
  run: (onProgress: (progress: PullProgress) => void, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { isTTY } = process.stderr
  const show = ({ bytes, total, note }: PullProgress): void => {
    if (note) process.stderr.write(`${isTTY ? '\n' : ''}${note}\n`)
    else if (isTTY) process.stderr.write(`\r${what}: ${mb(bytes)} of ${mb(total)} MB`)
  }
  const result = await interruptible((signal) => run(show, signal), '; the next try goes on from here')
  if (isTTY) process.stderr.write('\n')
  return result
}

const mb = (bytes: number): string => (bytes / MB).toFixed(0)

function line(model: ModelInfo): string {
  const {
    name,
    recognises,
    bytes,
    memoryMb,
    languages,
    licence,
    wordErrorRate,
    about,
    installed,
    isDefault,
  } = model
  const facts = [
    `${mb(bytes)} MB`,
    ...(memoryMb === null ? [] : [`${memoryMb} MB of memory${recognises ? ' a slot' : ''}`]),
    languages,
    ...(wordErrorRate === null ? [] : [`${wordErrorRate} % word errors`]),
    licence,
  ]
  return `${installed ? '●' : ' '}${isDefault ? '★' : ' '} ${name.padEnd(18)} ${about}\n${' '.repeat(22)}${facts.join(' · ')}`
}
