import type { Command } from 'commander'
import type { CliTools } from './context.ts'
import { say } from './output.ts'

export function ytDlp(command: Command, tools: CliTools): void {
  command
    .command('update')
    .description('fetch its newest release, verified; a running server takes it at once')
    .action(
      tools.action(async (config) => {
        const { version, previous, changed } = await (await tools.openDownloader(config)).update()
        const before = changed && previous !== null ? ` (before: ${previous})` : ''
        const says = changed ? `is installed${before}` : 'is the newest already'
        say(`yt-dlp ${version} ${says}\n`)
      }),
    )
}
