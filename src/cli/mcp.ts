import type { Command } from 'commander'
import { aServer, type ServerOptions, serverOptions } from './a-server.ts'
import type { CliTools } from './context.ts'

export function mcp(command: Command, tools: CliTools): void {
  serverOptions(command).action(
    tools.action(async (config, options: ServerOptions) => {
      const { baseUrl, apiKey } = aServer(config, options)
      const { serveStdio } = await import('../mcp/over-stdio.ts')
      await serveStdio(baseUrl, apiKey)
    }),
  )
}
