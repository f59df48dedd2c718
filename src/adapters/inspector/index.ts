import { execFile } from 'node:child_process'
import { access, constants, mkdir, statfs } from 'node:fs/promises'
import { promisify } from 'node:util'
import { AUTO, autoPlan, isAuto } from '../../domain/transcriptions/auto.ts'
import type { EngineDescription } from '../../ports/engine.ts'
import type { Fetcher } from '../../ports/fetcher.ts'
import type { Finding, Inspector } from '../../ports/inspector.ts'
import { jsRuntimeFinder } from '../fetcher/js-runtime.ts'
import { onnxRuntime } from '../onnx-runtime.ts'

const exec = promisify(execFile)
const GB = 1024 ** 3
const TOOL_MS = 10_000
/** An older yt-dlp usually no longer understands one platform or another. */
const YTDLP_OLD_DAYS = 60

export interface InspectorOptions {
  dataDir: string
  /** All models, the one that serves where none is named first. @throws Error in one line where there is none */
  engines(): Promise<EngineDescription[]>
  fetcher: Pick<Fetcher, 'version'>
  /** What else this process needs. */
  others?: readonly (() => Promise<Finding | Finding[]>)[]
}

export function createInspector({ dataDir, engines, fetcher, others = [] }: InspectorOptions): Inspector {
  return {
    inspect: async () => {
      const findings = await Promise.all([
        nodeVersion(),
        tool('ffmpeg', INSTALL_FFMPEG),
        tool('ffprobe', INSTALL_FFMPEG),
        onnxRuntime(),
        dataFolder(dataDir),
        engineOf(engines),
        ytDlp(fetcher),
        jsRuntime(),
        ...others.map((look) => look()),
      ])
      return findings.flat()
    },
  }
}

function nodeVersion(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const ok = major > 20 || (major === 20 && minor >= 19)
  const says = `${process.version}${ok ? '' : ', which is too old'}`
  const codes = { ...(!ok && { says: 'old' }), cure: 'node' }
  const values = { version: process.version }
  return { name: 'Node.js', ok, says, cure: 'install Node.js 20.19 or later', codes, values }
}

const OLDEST_FFMPEG = 5
const INSTALL_FFMPEG = 'install ffmpeg 5 or later, which has both: apt install ffmpeg, brew install ffmpeg'

async function tool(name: string, cure: string): Promise<Finding> {
  try {
    const { stdout, stderr } = await exec(name, ['-version'], { timeout: TOOL_MS })
    const version = /version (\S+)/.exec(stdout + stderr)?.[1] ?? 'installed'
    // What was built from a working copy has no such number.
    const isOld = Number(/^n?(\d+)\./.exec(version)?.[1] ?? OLDEST_FFMPEG) < OLDEST_FFMPEG
    const says = `${version}${isOld ? ', which is too old' : ''}`
    const codes = { ...(isOld && { says: 'old' }), cure: 'ffmpeg' }
    return { name, ok: !isOld, says, cure, codes, values: { version } }
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    const says = isMissing ? 'is not on the PATH: nothing can be heard' : `does not run: ${firstLine(error)}`
    const codes = { says: isMissing ? 'tool.missing' : 'tool.fails', cure: 'ffmpeg' }
    return { name, ok: false, says, cure, codes, values: { error: firstLine(error) } }
  }
}

const firstLine = (error: unknown): string => (error as Error).message.split('\n')[0] ?? ''

async function dataFolder(path: string): Promise<Finding> {
  const name = 'data folder'
  try {
    await mkdir(path, { recursive: true })
    await access(path, constants.W_OK)
    const { bavail, bsize } = await statfs(path)
    const free = (bavail * bsize) / GB
    const says = `${path}, ${free.toFixed(1)} GB free`
    const values = { path, free: Number(free.toFixed(1)) }
    const codes = { name: 'folder', says: 'folder.free', cure: 'folder.full' }
    return { name, ok: free > 1, says, cure: 'make room: less than 1 GB is free', codes, values }
  } catch (error) {
    const cure = 'set EARSHOT_DATA_DIR to a folder that can be written'
    const codes = { name: 'folder', cure: 'folder.closed' }
    return { name, ok: false, says: `${path}: ${(error as Error).message}`, cure, codes }
  }
}

async function engineOf(engines: InspectorOptions['engines']): Promise<Finding[]> {
  try {
    const models = await engines()
    return [servingOf(models[0]!), ...(models.some(isAuto) ? [autoOf(models)] : [])]
  } catch (error) {
    const cure =
      'earshot models list shows what EARSHOT_MODEL can name; earshot models pull whisper-base fetches one'
    const codes = { name: 'engine', cure: 'engine.none' }
    return [{ name: 'engine', ok: false, says: firstLine(error), cure, codes }]
  }
}

function servingOf({ model, standIn, server, device }: EngineDescription): Finding {
  const here = device === undefined ? model : `${model} on ${device}`
  const where = server === undefined ? here : `${model} of the server ${server}, which answers`
  return {
    name: 'engine',
    ok: !standIn,
    says: standIn ? 'PocketSphinx, a stand-in: English only, and rough' : where,
    cure: 'fetch a real model: earshot models pull whisper-base',
    codes: { name: 'engine', ...servingCode({ standIn, server, device }), cure: 'engine.standIn' },
    values: { model, device: device ?? '', server: server ?? '' },
  }
}

/** None for a model's name alone, which is the same in every language. */
function servingCode({ standIn, server, device }: Pick<EngineDescription, 'standIn' | 'server' | 'device'>) {
  if (standIn) return { says: 'engine.standIn' }
  if (server !== undefined) return { says: 'engine.server' }
  return device === undefined ? {} : { says: 'engine.device' }
}

/** What the model `auto` takes for which language. */
function autoOf(models: readonly EngineDescription[]): Finding {
  const plan = autoPlan(models.filter((each) => !isAuto(each)))
  const says = plan.map(({ model, languages }) =>
    languages.length > 0 ? `${model} for ${languages.join(' ')}` : `else ${model}`,
  )
  const special = plan.filter(({ languages }) => languages.length > 0)
  const rest = plan.find(({ languages }) => languages.length === 0)
  return {
    name: `model ${AUTO}`,
    ok: true,
    says: says.join('; '),
    codes: { name: 'auto', ...(special.length > 0 && rest && { says: 'auto.plan' }) },
    values: {
      plan: special.map(({ model, languages }) => `${model} (${languages.join(' ')})`).join('; '),
      rest: rest?.model ?? '',
    },
  }
}

async function ytDlp(fetcher: InspectorOptions['fetcher']): Promise<Finding> {
  const found = await fetcher.version().catch(() => null)
  if (!found)
    return {
      name: 'yt-dlp',
      ok: false,
      says: 'none: links cannot be transcribed',
      cure: 'fetch it with earshot yt-dlp update, or set EARSHOT_YTDLP to one from 2025.11.12 or later',
      codes: { says: 'ytdlp.none', cure: 'ytdlp.none' },
    }
  const { version, source, ageDays } = found
  const age = ageDays === null ? '' : `, ${ageDays} days old`
  return {
    name: 'yt-dlp',
    ok: ageDays === null || ageDays <= YTDLP_OLD_DAYS,
    says: `${version} (${source}${age})`,
    cure: 'renew it with earshot yt-dlp update: platforms change, and old versions stop working',
    codes: { ...(ageDays !== null && { says: 'ytdlp.found' }), cure: 'ytdlp.old' },
    values: { version, source, days: ageDays ?? 0 },
  }
}

/** Nothing is broken without one: most videos need none. */
async function jsRuntime(): Promise<Finding> {
  const found = await jsRuntimeFinder()()
  const none = 'none; YouTube serves some videos only where yt-dlp has one: npm install --global deno'
  const codes = { name: 'js', ...(!found && { says: 'js.none' }) }
  return { name: 'JavaScript for yt-dlp', ok: true, says: found ?? none, codes }
}
