import { Argument, type Command } from 'commander'
import { SHELLS, type Shell, scriptFor } from './completion/scripts.ts'
import { tableOf } from './completion/table.ts'
import { say } from './output.ts'

export function completion(command: Command): void {
  command
    .addArgument(new Argument('<shell>', 'whose script').choices(SHELLS))
    .addHelpText('after', HELP)
    .action((shell: Shell) => {
      const program = command.parent
      if (program) say(scriptFor(shell, tableOf(program)))
    })
}

const HELP = `
  earshot completion bash >> ~/.bashrc
  earshot completion zsh > "\${fpath[1]}/_earshot"
  earshot completion fish > ~/.config/fish/completions/earshot.fish
`
