/** Playlists, channels and feeds whose new entries a server transcribes. */
import { type Command, Option } from 'commander'
import { Earshot } from '../client/index.ts'
import type { CreateSubscriptionBody } from '../contract/subscriptions.ts'
import { aServer, type ServerOptions, serverOptions } from './a-server.ts'
import type { CliTools } from './context.ts'
import { print } from './output.ts'
import { wholeNumber } from './whole-number.ts'

type AddOptions = ServerOptions &
  Pick<CreateSubscriptionBody, 'name' | 'limit' | 'backlog' | 'language' | 'model' | 'diarize'> & {
    every?: number
  }

export function subscriptions(group: Command, tools: CliTools): void {
  const asking = <A extends unknown[]>(
    command: Command,
    ask: (earshot: Earshot, ...args: A) => Promise<unknown>,
  ): Command =>
    serverOptions(command).action(
      tools.action(async (config, ...args: unknown[]) => {
        // Commander gives the command last, and its options before it.
        const options = args.at(-2) as ServerOptions
        print(await ask(new Earshot(aServer(config, options)), ...(args as A)))
      }),
    )

  asking(
    group
      .command('add')
      .description('transcribe the new entries of a playlist, a channel or a podcast’s feed from now on')
      .argument('<url>')
      .option('--name <name>', 'a name for the subscription; default: the list’s title')
      .addOption(new Option('--every <minutes>', 'how often to look; default: 60').argParser(wholeNumber(15)))
      .addOption(
        new Option('--limit <number>', 'new entries to transcribe after each look; default: 20').argParser(
          wholeNumber(1),
        ),
      )
      .addOption(
        new Option(
          '--backlog <number>',
          'existing entries to transcribe, from the top; default: 0',
        ).argParser(wholeNumber(0)),
      )
      .option('--language <code>', 'what is spoken, like en; default: detected')
      .option('--model <name>', 'a model of the server')
      .option('--diarize', 'say who speaks'),
    (earshot, url: string, { server: _, key: __, every, ...body }: AddOptions) =>
      earshot.subscriptions.create({ url, ...body, ...(every !== undefined && { everyMinutes: every }) }),
  )
  asking(
    group.command('list').description('all subscriptions, with the result of the last look, as JSON'),
    (earshot) => all(earshot.subscriptions.list()),
  )
  asking(
    group
      .command('entries')
      .description('the entries that a subscription has found, newest first, as JSON')
      .argument('<id>'),
    (earshot, id: string) => all(earshot.subscriptions.entries(id)),
  )
  asking(
    group.command('look').description('look for new entries now').argument('<id>'),
    (earshot, id: string) => earshot.subscriptions.look(id),
  )
  asking(group.command('pause').description('pause a subscription').argument('<id>'), (earshot, id: string) =>
    earshot.subscriptions.change(id, { paused: true }),
  )
  asking(
    group
      .command('resume')
      .description('resume a subscription, and look for new entries now')
      .argument('<id>'),
    (earshot, id: string) => earshot.subscriptions.change(id, { paused: false }),
  )
  asking(
    group
      .command('remove')
      .description('delete a subscription; its batches and transcriptions stay')
      .argument('<id>'),
    async (earshot, id: string) => {
      await earshot.subscriptions.delete(id)
      return { id, removed: true }
    },
  )
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = []
  for await (const item of items) collected.push(item)
  return collected
}
