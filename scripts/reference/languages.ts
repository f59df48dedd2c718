/** An example as somebody would write it in curl, TypeScript and Python. */
import type { Operation } from '../../src/http/openapi/operation.ts'
import { type Example, ORIGIN } from './example.ts'

export const LANGUAGES = { curl: 'curl', typescript: 'TypeScript', python: 'Python' } as const
export type Language = keyof typeof LANGUAGES

export function written(operation: Operation, example: Example): Record<Language, string> {
  const request = requestOf(operation, example)
  return {
    curl: curl(request),
    typescript: example.typescript ?? typescript(request),
    python: example.python ?? python(request),
  }
}

interface Request extends Omit<Example, 'answer'> {
  method: string
  url: string
  /** The header that carries the key, if one is needed. */
  credential: { header: string; before: string } | undefined
  answer: NonNullable<Example['answer']> | 'nothing'
}

function requestOf(operation: Operation, example: Example): Request {
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = example.path?.[name]
    if (value === undefined) throw new Error(`the example of ${operation.path} gives no ${name}`)
    return value
  })
  const query = new URLSearchParams(example.query).toString()
  const credential = CREDENTIALS[operation.security[0] ?? 'none']
  return {
    ...example,
    method: operation.method.toUpperCase(),
    url: `${ORIGIN}${path}${query && `?${query}`}`,
    credential,
    answer: example.answer ?? answerOf(operation),
  }
}

const CREDENTIALS: Record<string, Request['credential']> = {
  bearer: { header: 'Authorization', before: 'Bearer ' },
  sokuApiKey: { header: 'soku-api-key', before: '' },
}

function answerOf({ replies }: Operation): Request['answer'] {
  const [, reply] = Object.entries(replies).find(([status]) => status.startsWith('2')) ?? []
  return reply?.content === undefined ? 'nothing' : 'json'
}

function curl({ method, url, credential, headers = {}, json, form, file, answer }: Request): string {
  const implied = json !== undefined || form !== undefined || file !== undefined ? 'POST' : 'GET'
  const flags = ['-sS', answer === 'events' && '-N', answer === 'headers' && method !== 'HEAD' && '-i']
  if (method === 'HEAD') flags.push('-I')
  else if (method !== implied) flags.push(`-X ${method}`)
  const lines = [
    `curl ${flags.filter(Boolean).join(' ')} ${/[?&]/.test(url) ? `'${url}'` : url}`,
    ...(credential ? [`-H "${credential.header}: ${credential.before}$EARSHOT_KEY"`] : []),
    ...Object.entries(headers).map(([name, value]) => `-H '${name}: ${value}'`),
    ...(json === undefined ? [] : ["-H 'Content-Type: application/json'", `-d '${JSON.stringify(json)}'`]),
    ...Object.entries(form ?? {}).map(([name, value]) => `-F ${name}=${value}`),
    ...(file ? [`-H 'Content-Type: ${file.type}'`, `--data-binary @${file.path}`] : []),
    ...(answer === 'bytes' ? ['-o answer.bin'] : []),
  ]
  return lines.join(' \\\n  ')
}

function typescript(request: Request): string {
  const { method, url, credential, headers = {}, json, form, file, answer } = request
  const files = Object.values(form ?? {}).filter((value) => value.startsWith('@'))
  const all = [
    ...(credential
      ? [
          `${property(credential.header)}: ${credential.before ? `\`${credential.before}\${process.env.EARSHOT_KEY}\`` : 'process.env.EARSHOT_KEY'}`,
        ]
      : []),
    ...Object.entries(headers).map(([name, value]) => `${property(name)}: '${value}'`),
    ...(json === undefined ? [] : ["'content-type': 'application/json'"]),
    ...(file ? [`'content-type': '${file.type}'`] : []),
  ]
  const options = [
    ...(method === 'GET' ? [] : [`method: '${method}',`]),
    ...(all.length === 0 ? [] : [`headers: { ${all.join(', ')} },`]),
    ...(json === undefined ? [] : [`body: JSON.stringify(${literal(json)}),`]),
    ...(form ? ['body: form,'] : []),
    ...(file ? [`body: await openAsBlob('${file.path}'),`] : []),
  ]
  return [
    ...(files.length > 0 || file ? ["import { openAsBlob } from 'node:fs'", ''] : []),
    ...(form ? ['const form = new FormData()', ...Object.entries(form).map(formField), ''] : []),
    options.length === 0
      ? `const response = await fetch('${url}')`
      : `const response = await fetch('${url}', {\n${options.map((line) => `  ${line}`).join('\n')}\n})`,
    ...SHOWN_IN_TYPESCRIPT[answer],
  ].join('\n')
}

const property = (header: string): string =>
  /^\w+$/.test(header) ? header.toLowerCase() : `'${header.toLowerCase()}'`

const formField = ([name, value]: [string, string]): string =>
  value.startsWith('@')
    ? `form.set('${name}', await openAsBlob('${value.slice(1)}'), '${value.split('/').at(-1)}')`
    : `form.set('${name}', '${value}')`

const SHOWN_IN_TYPESCRIPT: Record<Request['answer'], string[]> = {
  json: ['console.log(await response.json())'],
  text: ['console.log(await response.text())'],
  bytes: ['const bytes = await response.arrayBuffer()', 'console.log(bytes.byteLength)'],
  headers: ['console.log(response.status, Object.fromEntries(response.headers))'],
  events: ['for await (const chunk of response.body) process.stdout.write(chunk)'],
  nothing: ['console.log(response.status)'],
}

/** A value as it is written in TypeScript. */
function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`
  if (typeof value === 'object' && value !== null)
    return `{ ${Object.entries(value)
      .map(([key, each]) => `${key}: ${literal(each)}`)
      .join(', ')} }`
  return typeof value === 'string' ? `'${value}'` : String(value)
}

function python({ method, url, credential, headers = {}, json, form, file, answer }: Request): string {
  const all = [
    ...(credential
      ? [
          `"${credential.header}": ${credential.before ? `f"${credential.before}{os.environ['EARSHOT_KEY']}"` : 'os.environ["EARSHOT_KEY"]'}`,
        ]
      : []),
    ...Object.entries(headers).map(([name, value]) => `"${name}": "${value}"`),
    ...(file ? [`"Content-Type": "${file.type}"`] : []),
  ]
  const fields = Object.entries(form ?? {})
  const files = fields.filter(([, value]) => value.startsWith('@'))
  const data = fields.filter(([, value]) => !value.startsWith('@'))
  const options = [
    `"${url}",`,
    ...(all.length === 0 ? [] : [`headers={${all.join(', ')}},`]),
    ...(json === undefined ? [] : [`json=${pythonic(json)},`]),
    ...(data.length === 0 ? [] : [`data=${pythonic(Object.fromEntries(data))},`]),
    ...(files.length === 0
      ? []
      : [`files={${files.map(([name, path]) => `"${name}": open("${path.slice(1)}", "rb")`).join(', ')}},`]),
    ...(file ? [`data=open("${file.path}", "rb"),`] : []),
    ...(answer === 'events' ? ['stream=True,'] : []),
  ]
  return [
    ...(credential ? ['import os', ''] : []),
    'import requests',
    '',
    `response = requests.${method.toLowerCase()}(`,
    ...options.map((line) => `    ${line}`),
    ')',
    ...SHOWN_IN_PYTHON[answer],
  ].join('\n')
}

/** A value as it is written in Python. */
function pythonic(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(pythonic).join(', ')}]`
  if (typeof value === 'object' && value !== null)
    return `{${Object.entries(value)
      .map(([key, each]) => `"${key}": ${pythonic(each)}`)
      .join(', ')}}`
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  return value === null ? 'None' : JSON.stringify(value)
}

const SHOWN_IN_PYTHON: Record<Request['answer'], string[]> = {
  json: ['print(response.json())'],
  text: ['print(response.text)'],
  bytes: ['print(len(response.content))'],
  headers: ['print(response.status_code, dict(response.headers))'],
  events: ['for line in response.iter_lines(decode_unicode=True):', '    print(line)'],
  nothing: ['print(response.status_code)'],
}
