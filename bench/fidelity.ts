/**
 * Words lost, doubled and out of order over random programmes: every codec, splitter and number of slots, odd
 * containers, engines killed. `FIDELITY_TRIALS` (default 1000) and `FIDELITY_SECONDS`, the longest (default
 * two hours), make it shorter; `FIDELITY_SEED` is the first seed.
 */

import { type Trial, fidelity as trials } from '../test/support/fidelity.ts'
import { scratch } from '../test/support/media.ts'

const number = (name: string, usual: number): number => Number(process.env[name] ?? usual)

export async function fidelity(): Promise<string> {
  const count = number('FIDELITY_TRIALS', 1000)
  const longest = number('FIDELITY_SECONDS', 7200)
  const first = number('FIDELITY_SEED', 1)
  const { dir, dispose } = await scratch()
  const { run, close } = trials(dir)
  const all: Trial[] = []
  try {
    for (let k = 0; k < count; k++) {
      const trial = await run(first + k, longest)
      all.push(trial)
      if (!isFaithful(trial)) console.error(JSON.stringify(trial))
    }
  } finally {
    await close()
    await dispose()
  }
  return report(all)
}

const isFaithful = ({ lost, extra, disordered }: Trial): boolean => lost + extra + disordered === 0

function report(all: readonly Trial[]): string {
  const sum = (of: (trial: Trial) => number): number => all.reduce((n, trial) => n + of(trial), 0)
  const most = (of: (trial: Trial) => number): number => Math.max(...all.map(of))
  const ms = (seconds: number): string => `${Math.round(seconds * 1000)} ms`
  const rows: [string, string | number][] = [
    ['programmes', all.length],
    [
      'sound',
      `${(sum((t) => t.seconds) / 3600).toFixed(1)} h, the longest ${(most((t) => t.seconds) / 60).toFixed(0)} min`,
    ],
    ['kinds of files', new Set(all.map((t) => t.file)).size],
    ['engines killed', sum((t) => t.kills)],
    ['words', sum((t) => t.words)],
    ['lost', sum((t) => t.lost)],
    ['doubled or invented', sum((t) => t.extra)],
    ['out of order', sum((t) => t.disordered)],
    ['worst start', ms(most((t) => t.worstError))],
    ['worst drift from the beginning to the end', ms(most((t) => Math.abs(t.drift)))],
  ]
  return ['| | |', '| --- | --- |', ...rows.map(([name, value]) => `| ${name} | ${value} |`)].join('\n')
}
