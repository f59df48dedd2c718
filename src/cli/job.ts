import type { Command } from 'commander'
import { type Detail, type Moment, timeline } from '../domain/transcriptions/timeline.ts'
import { type CliTools, withBase } from './context.ts'
import { print, say } from './output.ts'

export function job(command: Command, tools: CliTools): void {
  command
    .argument('<id>', 'as in the API and in the log: tj_…')
    .option('--json', 'as JSON')
    .action(
      tools.action((config, id: string, { json }: { json?: boolean }) =>
        withBase(tools, config, async (deps) => {
          const { row, moments } = await timeline(deps, id)
          if (json) print({ id, state: row.state, stage: row.stage, pct: row.pct, moments })
          else say(inWords(id, row.state, moments))
        }),
      ),
    )
}

function inWords(id: string, state: string, moments: readonly Moment[]): string {
  const begin = moments[0]?.at ?? 0
  const lines = moments.map(({ at, what, detail }) => {
    const after = `+${((at - begin) / 1000).toFixed(3)} s`
    return `${new Date(at).toISOString()}  ${after.padStart(12)}  ${what.padEnd(12)} ${pairs(detail)}`.trimEnd()
  })
  return `${[`${id} ${state}`, ...lines].join('\n')}\n`
}

const pairs = (detail: Detail): string =>
  Object.entries(detail)
    .filter(([, value]) => value !== null)
    .map(
      ([name, value]) =>
        `${name}=${typeof value === 'string' && /\s/.test(value) ? JSON.stringify(value) : value}`,
    )
    .join(' ')
