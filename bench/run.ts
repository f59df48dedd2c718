/**
 * `npm run bench -- NAME…` (or `all`): prints the figures; `--write` puts them into bench/README.md, and what they come
 * down to into README.md, between the comments that name the bench.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { chaos } from './chaos.ts'
import { claims } from './claims.ts'
import { engine } from './engine.ts'
import { faint } from './faint.ts'
import { faults } from './faults.ts'
import { fidelity } from './fidelity.ts'
import { forecast } from './forecast.ts'
import { hearing } from './hearing.ts'
import { load } from './load.ts'
import { type Figures, machine, version } from './measure.ts'
import { memory, week } from './memory.ts'
import { page } from './page.ts'
import { typing } from './page-typing.ts'
import { pipelining } from './pipelining.ts'
import { server } from './server.ts'
import { slots } from './slots.ts'
import { spread } from './spread.ts'

const BENCHES: Record<string, () => Promise<string | Figures>> = {
  hearing,
  engine,
  pipelining,
  slots,
  forecast,
  fidelity,
  faint,
  memory,
  week,
  server,
  page,
  typing,
  claims,
  load,
  chaos,
  faults,
  spread,
}
const FIGURES = join(import.meta.dirname, 'README.md')
const README = join(import.meta.dirname, '../README.md')

const args = process.argv.slice(2)
const write = args.includes('--write')
const named = args.filter((arg) => !arg.startsWith('--'))
/** Other names that people look for. */
const ALSO: Record<string, string> = { overload: 'load' }
const wanted = named.includes('all') ? Object.keys(BENCHES) : named.map((name) => ALSO[name] ?? name)
if (wanted.length === 0 || wanted.some((name) => !BENCHES[name])) {
  console.error(`usage: npm run bench -- ${Object.keys(BENCHES).join(' | ')} | all [--write]`)
  process.exit(2)
}
for (const name of wanted) {
  const where = `(${machine()}, ${version()})`
  const found = await BENCHES[name]!()
  const { figures, summary } = typeof found === 'string' ? { figures: found, summary: undefined } : found
  console.log(`\n## ${name}\n\n${figures}\n\n${where}`)
  if (!write) continue
  await put(FIGURES, name, `${figures}\n\n${where}`)
  if (summary) await put(README, name, `${summary}\n\n${where}`)
}

async function put(path: string, name: string, figures: string): Promise<void> {
  const text = await readFile(path, 'utf8')
  const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`]
  const [from, to] = [text.indexOf(begin), text.indexOf(end)]
  if (from < 0 || to < 0) throw new Error(`${path} has no place for ${name}`)
  await writeFile(path, `${text.slice(0, from + begin.length)}\n\n${figures}\n\n${text.slice(to)}`)
}
