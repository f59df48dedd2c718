/** `earshot/client` in Node, Deno and a worker of workerd: the same file, the same program. */
import { execFile, spawn } from 'node:child_process'
import { copyFile, mkdir, mkdtemp, symlink, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  BUILT_CLIENT,
  CLIENT_PROGRAM,
  type ClientTask,
  clientSite,
  clientTask,
  expectSeen,
} from '../support/client-task.ts'
import { npmProgram } from '../support/npm-packages.ts'
import { toneServer } from '../support/tone-server.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const deno = await npmProgram('deno', '2.9.6', ['@deno', 'deno'])
const workerd = await npmProgram('workerd', '1.20261117.1', ['@cloudflare', 'bin/workerd'])

const server = toneServer()
let site: Awaited<ReturnType<typeof clientSite>>
beforeAll(async () => {
  site = await clientSite()
})
afterAll(() => site?.close())

/** A project that has Earshot installed, and a program that says what it saw. */
async function project(task: ClientTask): Promise<string> {
  const folder = await mkdtemp(join(server.files, 'project-'))
  await mkdir(join(folder, 'node_modules'))
  await symlink(ROOT, join(folder, 'node_modules/earshot'))
  await writeFile(join(folder, 'package.json'), '{"type": "module"}')
  await writeFile(
    join(folder, 'main.js'),
    `import * as client from 'earshot/client'
import { useClient } from ${JSON.stringify(CLIENT_PROGRAM)}
console.log(JSON.stringify(await useClient(client, ${JSON.stringify(task)})))`,
  )
  return folder
}

it('runs in Node', async () => {
  const task = await clientTask(server, site)
  const cwd = await project(task)
  const { stdout } = await promisify(execFile)(process.execPath, ['main.js'], { cwd })
  expectSeen(JSON.parse(stdout), task)
})

it.skipIf(deno.missing)(`runs in Deno${deno.missing ? `: ${deno.missing}` : ''}`, async () => {
  const task = await clientTask(server, site)
  const cwd = await project(task)
  const args = [
    'run',
    '--node-modules-dir=manual',
    '--no-remote',
    '--no-prompt',
    '--allow-net=127.0.0.1',
    'main.js',
  ]
  const { stdout } = await promisify(execFile)(deno.path, args, {
    cwd,
    env: { HOME: cwd, DENO_DIR: join(cwd, 'cache'), DENO_NO_UPDATE_CHECK: '1' },
  })
  expectSeen(JSON.parse(stdout), task)
})

const WORKER = `import * as client from './client.js'
import { useClient } from './program.js'
export default { fetch: async (request) => Response.json(await useClient(client, await request.json())) }`

/** Of workerd, as it serves one worker that may reach this machine. */
const CONFIGURATION = `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = .main),
    (name = "network", network = (allow = ["private", "public"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
const main :Workerd.Worker = (
  modules = [
    (name = "main.js", esModule = embed "main.js"),
    (name = "client.js", esModule = embed "client.js"),
    (name = "program.js", esModule = embed "program.js"),
  ],
  compatibilityDate = "2026-01-01",
  globalOutbound = "network",
);
`

/** @returns the port, as workerd tells it on its control stream */
async function startWorkerd(folder: string): Promise<{ port: number; stop(): Promise<void> }> {
  const child = spawn(workerd.path, ['serve', 'config.capnp', '--control-fd=1'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise<void>((done) => child.once('close', () => done()))
  let said = ''
  for await (const text of child.stdout.setEncoding('utf8')) {
    said += text
    if (said.includes('\n')) break
  }
  const { port } = JSON.parse(said) as { port: number }
  return {
    port,
    async stop() {
      child.kill()
      await ended
    },
  }
}

it.skipIf(workerd.missing)(`runs in a worker${workerd.missing ? `: ${workerd.missing}` : ''}`, async () => {
  const task = await clientTask(server, site)
  const folder = await mkdtemp(join(server.files, 'worker-'))
  await copyFile(BUILT_CLIENT, join(folder, 'client.js'))
  await copyFile(CLIENT_PROGRAM, join(folder, 'program.js'))
  await writeFile(join(folder, 'main.js'), WORKER)
  await writeFile(join(folder, 'config.capnp'), CONFIGURATION)
  const { port, stop } = await startWorkerd(folder)
  try {
    const response = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: JSON.stringify(task) })
    const answer = await response.text()
    expect([response.status, answer]).toEqual([200, expect.stringMatching(/^\{/)])
    expectSeen(JSON.parse(answer), task)
  } finally {
    await stop()
  }
})
