/** What a command is to transcribe: files, the media of folders, links, and what comes through a pipe. */
import { closeSync, openSync, readSync } from 'node:fs'
import { readdir, realpath, stat } from 'node:fs/promises'
import { basename, join, parse, relative, resolve } from 'node:path'
import { isCode, isHidden, isMediaName, mayBeCode } from '../../contract/media-names.ts'
import { isPlatform } from '../../domain/links/index.ts'
import { CommandError, USAGE } from '../context.ts'

export type Input = {
  /** As people know it. */
  name: string
  /** What its results are called, without an ending. */
  stem: string
} & (
  | {
      kind: 'file'
      path: string
      /** Where below a folder that was named it lies; empty: it was named itself, or lies right in it. */
      below: string
      modifiedMs: number
      bytes: number
    }
  | { kind: 'link'; url: string }
  | { kind: 'stdin' }
)

export type FileInput = Extract<Input, { kind: 'file' }>

export interface Inputs {
  all: Input[]
  /** Whether a folder was named: its results belong into files. */
  folders: boolean
}

/** @throws Error for what is not there */
export async function readInputs(args: readonly string[]): Promise<Inputs> {
  const all: Input[] = []
  let folders = false
  for (const arg of args) {
    if (arg === '-') {
      if (process.stdin.isTTY) throw new CommandError('“-” reads what is piped in, and nothing is', USAGE)
      all.push({ kind: 'stdin', name: 'stdin', stem: 'stdin' })
      continue
    }
    if (isUrl(arg)) {
      all.push(link(arg))
      continue
    }
    const found = await stat(arg).catch(() => undefined)
    if (found?.isDirectory()) {
      folders = true
      const media = await mediaIn(arg)
      if (media.length === 0) throw new Error(`there is no audio or video in ${arg}`)
      all.push(...media)
    } else if (found) all.push(file(arg, found))
    else if (isPlatform(arg)) all.push(link(arg))
    else throw new Error(`there is no file ${arg}`)
  }
  return { all: await withoutDoubles(all), folders }
}

const isUrl = (text: string): boolean => /^https?:\/\//i.test(text)

/** A link's results are called after its address: its title is not known before, and may change. */
const link = (url: string): Input => ({ kind: 'link', name: url, url, stem: stemOf(url) })

function stemOf(url: string): string {
  const plain = url.replace(/^https?:\/\//i, '').replace(/^www\./i, '')
  return plain
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
    .slice(0, LONGEST_STEM)
}

const LONGEST_STEM = 100

interface Facts {
  size: number
  mtimeMs: number
}

const file = (path: string, { size, mtimeMs }: Facts, below = ''): FileInput => ({
  kind: 'file',
  name: path,
  path,
  stem: parse(path).name,
  below,
  modifiedMs: mtimeMs,
  bytes: size,
})

/** Of a folder and those in it, in the order of their names. What is hidden is left alone. */
export async function mediaIn(folder: string): Promise<FileInput[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const found: FileInput[] = []
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isDirectory() || isHidden(relative(folder, path)) || !isMediaName(entry.name)) continue
    const facts = await stat(path).catch(() => undefined)
    if (facts?.isFile() && facts.size > 0 && !(mayBeCode(entry.name) && isCode(beginOf(path))))
      found.push(file(path, facts, relative(folder, entry.parentPath)))
  }
  return found.sort((a, b) => (a.path < b.path ? -1 : 1))
}

function beginOf(path: string): Buffer {
  const begin = Buffer.alloc(5)
  const fd = openSync(path, 'r')
  try {
    readSync(fd, begin, 0, begin.length, 0)
  } finally {
    closeSync(fd)
  }
  return begin
}

async function withoutDoubles(inputs: Input[]): Promise<Input[]> {
  const seen = new Set<string>()
  const kept: Input[] = []
  for (const input of inputs) {
    const key = input.kind === 'file' ? await realpath(input.path) : input.name
    if (!seen.has(key)) kept.push(input)
    seen.add(key)
  }
  return kept
}

/** The name that a server keeps. */
export const filenameOf = (input: Input): string =>
  input.kind === 'file' ? basename(input.path) : input.stem

/** By which an unfinished recording is known again. */
export const identityOf = (input: Input): unknown =>
  input.kind === 'file' ? [resolve(input.path), input.bytes, input.modifiedMs] : input.name
