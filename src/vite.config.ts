import { readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { defineConfig } from 'vite'

const here = (path: string): string => resolve(import.meta.dirname, path)

/** Each is a process, or a thread, of its own. */
const hosts = ['adapters', 'main', 'processes'].flatMap((folder) =>
  readdirSync(here(folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.host.ts'))
    .map((path) => here(join(folder, path))),
)

/** Packages that stay where npm put them: those with a library of machine code, and large ones that few need. */
const APART = [
  '@photostructure/sqlite',
  'onnxruntime-node',
  'sherpa-onnx-node',
  '@aws-sdk/client-s3',
  '@aws-sdk/lib-storage',
  '@opentelemetry/exporter-trace-otlp-http',
  '@opentelemetry/resources',
  '@opentelemetry/sdk-trace',
  'docx',
  'openpgp',
  'stripe',
]

/**
 * The server as a few files, with the packages that every start reads: to find and read a thousand small ones is most of
 * what a start takes. All lie in one folder, as deep as `src/main`, so that what is found beside a module is found beside
 * its bundle too.
 */
export default defineConfig({
  root: here('..'),
  // Nothing of the page's.
  publicDir: false,
  build: {
    ssr: true,
    target: 'node20',
    outDir: here('../dist/server'),
    emptyOutDir: true,
    sourcemap: true,
    rolldownOptions: {
      input: [here('main/cli.ts'), ...hosts],
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
  ssr: { noExternal: true, external: APART },
})
