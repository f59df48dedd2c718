import { resolve } from 'node:path'
import { defineConfig } from 'vite'

/** The TypeScript client as one small file that browsers, Node, Deno and workers load as it is. */
export default defineConfig({
  root: import.meta.dirname,
  publicDir: false,
  build: {
    target: 'es2022',
    outDir: resolve(import.meta.dirname, '../../dist/client'),
    emptyOutDir: true,
    sourcemap: true,
    modulePreload: false,
    minify: true,
    rolldownOptions: {
      input: resolve(import.meta.dirname, 'index.ts'),
      preserveEntrySignatures: 'strict',
      output: { format: 'es', entryFileNames: 'index.js' },
    },
  },
})
