import type { Command } from 'commander'
import type { Config } from '../config/schema.ts'
import { CommandError, USAGE } from './context.ts'

export interface ServerOptions {
  server?: string
  key?: string
}

/** For commands that use a server's API; by default that of the server on this machine. */
export const serverOptions = (command: Command): Command =>
  command
    .option('--server <url>', 'the server; default: EARSHOT_SERVER, else the one on this machine')
    .option('--key <key>', 'an API key of that server; default: EARSHOT_KEY')

/** @throws CommandError */
export function aServer(config: Config, options: ServerOptions): { baseUrl: string; apiKey: string } {
  const baseUrl = options.server ?? config.EARSHOT_SERVER ?? `http://${config.HOST}:${config.PORT}`
  const apiKey = options.key ?? config.EARSHOT_KEY
  if (apiKey === undefined)
    throw new CommandError('the server needs an API key: --key, or EARSHOT_KEY', USAGE)
  return { baseUrl, apiKey }
}
