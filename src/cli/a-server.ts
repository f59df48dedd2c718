import type { Command } from 'commander'
import type { Config } from '../config/schema.ts'
import { CommandError, USAGE } from './context.ts'

export interface ServerOptions {
  server?: string
  key?: string
}

/** For commands that ask a server, also one on this machine. */
export const serverOptions = (command: Command): Command =>
  command
    .option('--server <url>', 'the server (EARSHOT_SERVER); unset: the one of this machine')
    .option('--key <key>', 'its API key (EARSHOT_KEY)')

/** @throws CommandError */
export function aServer(config: Config, options: ServerOptions): { baseUrl: string; apiKey: string } {
  const baseUrl = options.server ?? config.EARSHOT_SERVER ?? `http://${config.HOST}:${config.PORT}`
  const apiKey = options.key ?? config.EARSHOT_KEY
  if (apiKey === undefined) throw new CommandError('a server wants an API key: --key, or EARSHOT_KEY', USAGE)
  return { baseUrl, apiKey }
}
