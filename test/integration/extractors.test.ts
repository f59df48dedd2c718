/** Every address that Earshot builds is one that current yt-dlp knows, as the very post that was meant. */
import { execFileSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { probeArguments } from '../../src/adapters/fetcher/arguments.ts'
import { MEDIA } from '../support/link-table.ts'
import { ytDlpCommand } from '../support/yt-dlp.ts'

/** Asks the extractors that Earshot allows which of them takes an address, and what id it reads in it. */
const ASK = `
import json, sys, yt_dlp
names, urls = json.load(sys.stdin)
known = yt_dlp.YoutubeDL({'allowed_extractors': names, 'quiet': True})._ies.values()
print(json.dumps({u: [[i.IE_NAME, i.get_temp_id(u)] for i in known if i.suitable(u)] for u in urls}))
`

const ROWS = Object.entries(MEDIA).flatMap(([platform, rows]) =>
  rows.map(([, id, url]): [url: string, platform: string, id: string] => [url, platform, id]),
)
const DISTINCT = [...new Map(ROWS.map((row) => [row[0], row])).values()]

let known: Record<string, [name: string, id: string][]>

beforeAll(async () => {
  const link = { platform: 'youtube', id: '', canonicalUrl: '' } as const
  const args = probeArguments(link, { proxyFile: '', socketTimeout: 1, extraCa: false, extraArgs: [] })
  const names = args[args.indexOf('--ies') + 1]!.split(',')
  const modules = join(dirname(await ytDlpCommand()), 'unpacked/usr/lib/python3/dist-packages')
  const answer = execFileSync('python3', ['-c', ASK], {
    input: JSON.stringify([names, DISTINCT.map(([url]) => url)]),
    env: { PATH: process.env.PATH ?? '', PYTHONPATH: modules },
  })
  known = JSON.parse(answer.toString()) as typeof known
})

describe('yt-dlp takes', () => {
  test.each(DISTINCT)('%s', (url, platform, id) => {
    expect(known[url]).toHaveLength(1)
    const [name, read] = known[url]![0]!
    expect(name.toLowerCase().split(':')[0]).toBe(platform)
    // Ours says more where a post has several videos, and what kind of page it is.
    expect(id.split('/')).toContain(read)
  })
})
