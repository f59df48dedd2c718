/** What `deploy/` asks Prometheus for is what `/metrics` really prints. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { transcribe, upload } from '../support/client.ts'
import { readRows } from '../support/rows.ts'
import { startServer, type TestServer, testFolder } from '../support/server.ts'
import { toneAudio, toneProgramme, wav } from '../support/tone.ts'

const root = resolve(import.meta.dirname, '../..')

let folder: Awaited<ReturnType<typeof testFolder>>
let server: TestServer
/** Names of labels by the name of the series. */
let printed: Map<string, Set<string>>

beforeAll(async () => {
  folder = await testFolder('fixed')
  server = await startServer(folder.dataDir, { EARSHOT_MODEL: folder.model, EARSHOT_SLOTS: '1' })
  const sound = Buffer.from(wav(toneAudio(toneProgramme(3, 4), 4)))
  const { body } = await upload(server.origin, server.apiKey, sound)
  await transcribe(server.origin, server.apiKey, { mediaId: body.mediaId })
  printed = seriesOf(await (await fetch(`${server.origin}/metrics`)).text())
})
afterAll(async () => {
  await server?.kill()
  await folder?.remove()
})

function seriesOf(text: string): Map<string, Set<string>> {
  const series = new Map<string, Set<string>>()
  for (const line of text.split('\n')) {
    const [, name, labels = ''] = /^(\w+)(?:\{(.*)\})? \S+$/.exec(line) ?? []
    if (!name) continue
    const known = series.get(name) ?? new Set()
    for (const [, label] of labels.matchAll(/(\w+)="/g)) known.add(label!)
    series.set(name, known)
  }
  return series
}

/** Made by Prometheus itself. */
const OF_PROMETHEUS = new Set(['instance', 'job'])

/** What an expression asks for that is not there. */
function missing(expression: string): string[] {
  const faults: string[] = []
  const names = [...expression.matchAll(/\b((?:earshot|process|nodejs)_\w+)(?:\{([^}]*)\})?/g)]
  const grouped = [...expression.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, list]) => list!.split(/,\s*/))
  for (const [, name = '', matchers = ''] of names) {
    const labels = printed.get(name)
    if (!labels) faults.push(name)
    const asked = [...matchers.matchAll(/(\w+)\s*(?:=|!)/g)].map(([, label]) => label!)
    for (const label of [...asked, ...grouped])
      if (labels && !labels.has(label) && !OF_PROMETHEUS.has(label)) faults.push(`${name}{${label}}`)
  }
  return faults
}

const ruleExpressions = (): string[] =>
  [...readFileSync(`${root}/deploy/prometheus/alerts.yaml`, 'utf8').matchAll(/^ +expr: (.+)$/gm)].map(
    ([, expression]) => expression!,
  )

const panelExpressions = (): string[] => {
  const { panels } = JSON.parse(readFileSync(`${root}/deploy/grafana/earshot.json`, 'utf8')) as {
    panels: { targets: { expr: string }[] }[]
  }
  return panels.flatMap(({ targets }) => targets.map(({ expr }) => expr))
}

it('every alert rule', () => {
  const expressions = ruleExpressions()
  expect(expressions.length).toBeGreaterThan(5)
  expect(expressions.flatMap(missing)).toEqual([])
})

it('every panel of the dashboard, and each figure of ours has one', () => {
  const expressions = panelExpressions()
  expect(expressions.length).toBeGreaterThan(5)
  expect(expressions.flatMap(missing)).toEqual([])
  const shown = expressions.join(' ')
  const ours = [...printed.keys()].filter((name) => name.startsWith('earshot_'))
  expect(ours.filter((name) => !shown.includes(name.replace(/_(sum|bucket|count)$/, '')))).toEqual([])
})

it('what has ended costs nothing to tell: only what ended lately is read', async () => {
  const text = await (await fetch(`${server.origin}/metrics`)).text()
  expect(text).toContain('earshot_transcriptions{state="queued"} 0')
  expect(text).toContain('earshot_transcriptions{state="running"} 0')
  expect(text).toContain('earshot_transcriptions_ended_lately{state="succeeded"} 1')
  const plan = readRows<{ detail: string }>(
    folder.dataDir,
    "explain query plan select count(*) filter (where state = 'failed') from transcriptions where finished_at > 1",
  )
  expect(plan[0]!.detail).toContain('transcriptions_finished')
})

it('a name that is not printed would be found', () => {
  expect(missing('rate(earshot_nothing_total{route="x"}[5m])')).toEqual(['earshot_nothing_total'])
  expect(missing('sum by (colour) (earshot_engine_slots)')).toEqual(['earshot_engine_slots{colour}'])
})
