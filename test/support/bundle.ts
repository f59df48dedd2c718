/** A program of the tests' own as one file: started a hundred times, it need not be translated each time. */
import { mkdtemp, rm } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { build } from 'vite'

const root = resolve(import.meta.dirname, '../..')

/** @param source a TypeScript module that is run as a program */
export async function bundle(source: string): Promise<{ program: string; remove(): Promise<void> }> {
  // Below the root, where Node finds the packages.
  const outDir = await mkdtemp(join(root, 'dist/bundle-'))
  await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    build: { ssr: source, outDir, rolldownOptions: { output: { entryFileNames: '[name].js' } } },
    ssr: { noExternal: ['kysely', 'zod'] },
  })
  return {
    program: join(outDir, basename(source).replace(/\.ts$/, '.js')),
    remove: () => rm(outDir, { recursive: true, force: true }),
  }
}
