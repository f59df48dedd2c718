import { execFile } from 'node:child_process'
import { access, constants, mkdir, statfs } from 'node:fs/promises'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import type { Command } from 'commander'
import type { CliTools } from './context.ts'

const exec = promisify(execFile)
const GB = 1024 ** 3

interface Finding {
  name: string
  ok: boolean
  says: string
  /** What to do, where it is not ok. */
  cure?: string
}

export function doctor(program: Command, tools: CliTools): void {
  program
    .command('doctor')
    .description('what is installed, what is missing, and how to get it')
    .action(
      tools.action(async (config) => {
        const findings = [
          nodeVersion(),
          await tool('ffmpeg', ['-version'], /version (\S+)/, 'install ffmpeg 5 or later'),
          await tool('ffprobe', ['-version'], /version (\S+)/, 'it comes with ffmpeg'),
          await tool('python3', ['--version'], /Python (\S+)/, 'install python3 (yt-dlp runs on it)'),
          await dataDir(resolve(config.EARSHOT_DATA_DIR)),
          ...(await inside(tools, config)),
        ]
        for (const { name, ok, says, cure } of findings)
          process.stdout.write(`${ok ? '✓' : '✗'} ${name}: ${says}${!ok && cure ? `\n    → ${cure}` : ''}\n`)
        if (findings.some((f) => !f.ok)) process.exitCode = 1
      }),
    )
}

function nodeVersion(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const ok = major > 20 || (major === 20 && minor >= 19)
  return { name: 'Node.js', ok, says: process.version, cure: 'install Node.js 20.19 or later' }
}

async function tool(name: string, args: string[], version: RegExp, cure: string): Promise<Finding> {
  try {
    const { stdout, stderr } = await exec(name, args)
    return { name, ok: true, says: version.exec(stdout + stderr)?.[1] ?? 'installed' }
  } catch {
    return { name, ok: false, says: 'is missing', cure }
  }
}

async function dataDir(path: string): Promise<Finding> {
  try {
    await mkdir(path, { recursive: true })
    await access(path, constants.W_OK)
    const { bavail, bsize } = await statfs(path)
    const free = (bavail * bsize) / GB
    const says = `${path}, ${free.toFixed(1)} GB free`
    return { name: 'data folder', ok: free > 1, says, cure: 'make room: less than 1 GB is free' }
  } catch (error) {
    const says = `${path}: ${(error as Error).message}`
    return {
      name: 'data folder',
      ok: false,
      says,
      cure: 'set EARSHOT_DATA_DIR to a folder that can be written',
    }
  }
}

/** The engine and the downloader say themselves what they are. */
async function inside(tools: CliTools, config: Parameters<CliTools['openPipeline']>[0]): Promise<Finding[]> {
  try {
    const pipeline = await tools.openPipeline(config)
    try {
      const { model, standIn } = pipeline.engine.describe()
      const ytDlp = await pipeline.fetcher.version()
      return [
        {
          name: 'engine',
          ok: !standIn,
          says: standIn ? 'PocketSphinx, a stand-in: English only, and rough' : model,
          cure: 'fetch a real model: earshot models pull whisper-base',
        },
        {
          name: 'yt-dlp',
          ok: ytDlp !== null,
          says: ytDlp ? `${ytDlp.version} (${ytDlp.source})` : 'none: links cannot be transcribed',
          cure: 'connect to the internet once, or set EARSHOT_YTDLP to a command',
        },
      ]
    } finally {
      await pipeline.close()
    }
  } catch (error) {
    return [{ name: 'engine', ok: false, says: (error as Error).message }]
  }
}
