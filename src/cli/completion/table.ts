/** What can follow what on the command line, as the commands themselves say it. */
import type { Command } from 'commander'

interface Word {
  word: string
  about: string
}

export interface Place {
  /** The commands before it: empty, `models`, `models pull`. */
  path: string
  commands: Word[]
  options: (Word & { takesValue: boolean; choices: readonly string[] })[]
  /** Of its first argument. */
  choices: readonly string[]
}

export function tableOf(program: Command, path: readonly string[] = []): Place[] {
  const options = program.createHelp().visibleOptions(program)
  const here: Place = {
    path: path.join(' '),
    commands: program.commands.map((each) => ({ word: each.name(), about: each.description() })),
    options: options.flatMap(({ long, short, description, required, optional, argChoices = [] }) =>
      [long, short].flatMap((word) =>
        word ? [{ word, about: description, takesValue: required || optional, choices: argChoices }] : [],
      ),
    ),
    choices: program.registeredArguments[0]?.argChoices ?? [],
  }
  return [here, ...program.commands.flatMap((each) => tableOf(each, [...path, each.name()]))]
}
