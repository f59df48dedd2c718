import type { Command } from 'commander'
import { type CliTools, CommandError, USAGE } from './context.ts'

export function mcp(command: Command, tools: CliTools): void {
  command
    .option('--server <url>', 'the server (EARSHOT_SERVER); unset: the one of this machine')
    .option('--key <key>', 'its API key (EARSHOT_KEY)')
    .action(
      tools.action(async (config, options: { server?: string; key?: string }) => {
        const server = options.server ?? config.EARSHOT_SERVER ?? `http://${config.HOST}:${config.PORT}`
        const key = options.key ?? config.EARSHOT_KEY
        if (key === undefined) throw new CommandError('mcp needs an API key: --key, or EARSHOT_KEY', USAGE)
        const { serveStdio } = await import('../mcp/over-stdio.ts')
        await serveStdio(server, key)
      }),
    )
}
