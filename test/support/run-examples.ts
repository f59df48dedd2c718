/** Runs examples of a language, all in one process, and tells of each what it was answered and what it printed. */
import { execFile } from 'node:child_process'
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { ORIGIN } from '../../scripts/reference/example.ts'

const ROOT = resolve(import.meta.dirname, '../..')

export interface Ran {
  name: string
  /** Of every request. */
  statuses: number[]
  output: string
  /** What broke it off. */
  error?: string
}

export interface Script {
  name: string
  text: string
}

export interface Place {
  dir: string
  env: Record<string, string>
}

export async function runCurl({ text, name }: Script, { dir, env }: Place): Promise<Ran> {
  // Its status behind all that it writes: beside the body, and whatever is said with -i and -I.
  const script = `set -euo pipefail
    curl() { command curl --write-out '\\n%{http_code}' "$@"; }
    ${text}`
  try {
    const { stdout } = await promisify(execFile)('bash', ['-c', script], { cwd: dir, env })
    const at = stdout.lastIndexOf('\n')
    return { name, statuses: [Number(stdout.slice(at + 1))], output: stdout.slice(0, at) }
  } catch (cause) {
    return { name, statuses: [], output: '', error: String(cause) }
  }
}

/** The commands and programs of a page, in its order and in one shell, which ends at the first that fails. */
export async function runPage(markdown: string, { dir, env, origin }: Place & { origin: string }) {
  const home = join(dir, 'page')
  mkdirSync(home)
  symlinkSync(join(dir, 'samples'), join(home, 'samples'))
  symlinkSync(join(ROOT, 'node_modules'), join(home, 'node_modules'))
  const blocks = [...markdown.replaceAll(ORIGIN, origin).matchAll(/```(sh|js)\n(.*?)```/gs)]
  const steps = blocks.map(([, language, text = ''], k) => {
    if (language === 'sh') return text
    writeFileSync(join(home, `${k}.mjs`), text)
    return `node ${k}.mjs`
  })
  const script = `set -euo pipefail
    curl() { command curl --fail-with-body "$@" || { echo "failed: curl $*" >&2; exit 1; }; }
    npx() { shift; node '${ROOT}/bin/earshot.js' "$@"; }
    ${steps.join('\n')}`
  const { stdout } = await promisify(execFile)('bash', ['-c', script], { cwd: home, env })
  return { output: stdout }
}

const NODE = `
import { readFileSync, writeFileSync } from 'node:fs'
const names = JSON.parse(readFileSync('names.json', 'utf8'))
const own = globalThis.fetch
const ran = []
let now
globalThis.fetch = async (...asked) => {
  const answer = await own(...asked)
  now.statuses.push(answer.status)
  return answer
}
const say = (...all) => (now.output += all.map((each) => (typeof each === 'string' ? each : JSON.stringify(each))).join(' ') + '\\n')
console.log = say
process.stdout.write = (chunk) => say(Buffer.from(chunk).toString())
for (const [k, name] of names.entries()) {
  now = { name, statuses: [], output: '' }
  ran.push(now)
  try {
    await import('./' + k + '.mjs')
  } catch (error) {
    now.error = String(error.stack ?? error)
  }
}
writeFileSync('ran.json', JSON.stringify(ran))
process.exit(0)
`

/** Within a project that has installed what the examples import. */
export function runTypeScript(scripts: readonly Script[], place: Place): Promise<Ran[]> {
  const dir = join(place.dir, 'typescript')
  mkdirSync(join(dir, 'node_modules'), { recursive: true })
  symlinkSync(ROOT, join(dir, 'node_modules/earshot'))
  symlinkSync(join(ROOT, 'node_modules/openai'), join(dir, 'node_modules/openai'))
  return together(scripts, { ...place, dir }, '.mjs', NODE, process.execPath)
}

const PYTHON = `
import contextlib, io, json, runpy, traceback
import requests

# OpenAI’s client raises by itself.
statuses = []
own = requests.Session.send
def send(self, *args, **kwargs):
    answer = own(self, *args, **kwargs)
    statuses.append(answer.status_code)
    return answer
requests.Session.send = send

ran = []
for k, name in enumerate(json.load(open("names.json"))):
    statuses.clear()
    output, error = io.StringIO(), None
    try:
        with contextlib.redirect_stdout(output):
            runpy.run_path(f"{k}.py")
    except Exception:
        error = traceback.format_exc()
    one = {"name": name, "statuses": list(statuses), "output": output.getvalue()}
    ran.append({**one, "error": error} if error else one)
json.dump(ran, open("ran.json", "w"))
`

export function runPython(scripts: readonly Script[], place: Place): Promise<Ran[]> {
  const dir = join(place.dir, 'python')
  mkdirSync(dir, { recursive: true })
  return together(scripts, { ...place, dir }, '.py', PYTHON, 'python3')
}

async function together(
  scripts: readonly Script[],
  { dir, env }: Place,
  ending: string,
  runner: string,
  command: string,
): Promise<Ran[]> {
  symlinkSync(join(dir, '../samples'), join(dir, 'samples'))
  for (const [k, { text }] of scripts.entries()) writeFileSync(join(dir, `${k}${ending}`), text)
  writeFileSync(join(dir, 'names.json'), JSON.stringify(scripts.map(({ name }) => name)))
  writeFileSync(join(dir, `run${ending}`), runner)
  await promisify(execFile)(command, [`run${ending}`], { cwd: dir, env, maxBuffer: 1 << 26 })
  return JSON.parse(readFileSync(join(dir, 'ran.json'), 'utf8')) as Ran[]
}
