/** The table as a script for each shell. Where nothing of it fits, the shell completes names of files. */
import type { Place } from './table.ts'

export const SHELLS = ['bash', 'zsh', 'fish'] as const
export type Shell = (typeof SHELLS)[number]

export const scriptFor = (shell: Shell, places: readonly Place[]): string => SCRIPTS[shell](places)

const SCRIPTS: Record<Shell, (places: readonly Place[]) => string> = { bash, zsh, fish }

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`
const words = (all: readonly { word: string }[]): string => all.map(({ word }) => word).join(' ')
const first = (places: readonly Place[]): Place[] => places.filter(({ path }) => path !== '')

/** Lines of a `case` that follow the commands which were typed, in the variable `at`. */
const follow = (places: readonly Place[]): string =>
  `case "$at $word" in\n${first(places)
    .map(({ path }) => `      ${quoted(` ${path}`)}) at="$at $word" ;;`)
    .join('\n')}\n    esac`

const patternOf = ({ path }: Place, more = ''): string => quoted(`${path === '' ? '' : ` ${path}`}${more}`)

/** Lines of a `case` for options whose values are known. @param offer makes a command of the values */
const values = (places: readonly Place[], offer: (choices: readonly string[]) => string): string =>
  places
    .flatMap((place) =>
      place.options
        .filter(({ choices }) => choices.length > 0)
        .map(({ word, choices }) => `    ${patternOf(place, ` ${word}`)}) ${offer(choices)}; return ;;`),
    )
    .join('\n')

/** Options whose values are anything, files for instance. */
const anything = (places: readonly Place[]): string =>
  places
    .flatMap((place) =>
      place.options
        .filter(({ takesValue, choices }) => takesValue && choices.length === 0)
        .map(({ word }) => patternOf(place, ` ${word}`)),
    )
    .join('|')

function bash(places: readonly Place[]): string {
  const offered = places.map((place) => {
    const choice = [words(place.commands), place.choices.join(' ')].filter(Boolean).join(' ')
    return `    ${patternOf(place)}) if [[ $cur == -* ]]; then words=${quoted(words(place.options))}; else words=${quoted(choice)}; fi ;;`
  })
  return `# earshot completion bash >> ~/.bashrc
_earshot() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD-1]}" at= word words=
  COMPREPLY=()
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    ${follow(places)}
  done
  case "$at $prev" in
${values(places, (choices) => `COMPREPLY=($(compgen -W ${quoted(choices.join(' '))} -- "$cur"))`)}
    ${anything(places)}) return ;;
  esac
  case "$at" in
${offered.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
complete -o bashdefault -o default -F _earshot earshot
`
}

function zsh(places: readonly Place[]): string {
  const described = (all: readonly { word: string; about: string }[]): string =>
    all.map(({ word, about }) => quoted(`${word}:${about.replaceAll(':', '\\:')}`)).join(' ')
  const offered = places.map((place) => {
    const choice = [described(place.commands), ...place.choices.map(quoted)].filter(Boolean).join(' ')
    return `    ${patternOf(place)}) if [[ $cur == -* ]]; then items=(${described(place.options)}); else items=(${choice}); fi ;;`
  })
  return `#compdef earshot
# earshot completion zsh > "\${fpath[1]}/_earshot", or: eval "$(earshot completion zsh)"
_earshot() {
  local cur="\${words[CURRENT]}" prev="\${words[CURRENT-1]}" at= word
  local -a items
  for word in "\${(@)words[2,CURRENT-1]}"; do
    ${follow(places)}
  done
  case "$at $prev" in
${values(places, (choices) => `compadd -- ${choices.join(' ')}`)}
    ${anything(places)}) _files; return ;;
  esac
  case "$at" in
${offered.join('\n')}
  esac
  if (( \${#items} )); then _describe -o earshot items; else _files; fi
}
if [[ "\${funcstack[1]}" == _earshot ]]; then _earshot "$@"; else compdef _earshot earshot; fi
`
}

function fish(places: readonly Place[]): string {
  const at = ({ path }: Place): string => `-n ${quoted(`__earshot_at ${quoted(path)}`)}`
  const lines = places.flatMap((place) => [
    ...place.commands.map(
      ({ word, about }) => `complete -c earshot -f ${at(place)} -a ${quoted(word)} -d ${quoted(about)}`,
    ),
    ...place.choices.map((choice) => `complete -c earshot -f ${at(place)} -a ${quoted(choice)}`),
    ...place.options.map(({ word, about, takesValue, choices }) => {
      const name = word.startsWith('--') ? `-l ${word.slice(2)}` : `-s ${word.slice(1)}`
      const value = choices.length > 0 ? ` -x -a ${quoted(choices.join(' '))}` : takesValue ? ' -r' : ''
      return `complete -c earshot ${at(place)} ${name}${value} -d ${quoted(about)}`
    }),
  ])
  return `# earshot completion fish > ~/.config/fish/completions/earshot.fish
function __earshot_at
    set -l at
    for word in (commandline -opc)[2..-1]
        switch "$at $word"
            case ${first(places)
              .map(({ path }) => quoted(path.includes(' ') ? path : ` ${path}`))
              .join(' ')}
                test -n "$at"; and set at "$at $word"; or set at $word
        end
    end
    test "$at" = "$argv[1]"
end
${lines.join('\n')}
`
}
