/** The boundaries of docs/architecture.md, checked by `npm run check`. */
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'A cycle means that two files are one.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'domain-is-pure',
      comment:
        'The domain knows ports and wire contracts, never HTTP, adapters, the pipeline or entry points.',
      severity: 'error',
      from: { path: '^src/domain', pathNot: '\\.test\\.ts$' },
      to: { path: '^src/(http|adapters|pipeline|main|cli)/' },
    },
    {
      name: 'ports-are-leaves',
      severity: 'error',
      from: { path: '^src/ports', pathNot: '\\.test\\.ts$' },
      to: { path: '^src/(http|adapters|pipeline|main|cli|domain)/' },
    },
    {
      name: 'contract-is-a-leaf',
      comment: 'The wire schemas are shared with the page: they import nothing but zod.',
      severity: 'error',
      from: { path: '^src/contract' },
      to: { pathNot: ['^src/contract', 'node_modules/zod'] },
    },
    {
      name: 'pipeline-uses-ports',
      severity: 'error',
      from: { path: '^src/pipeline', pathNot: '\\.test\\.ts$' },
      to: { path: '^src/(http|adapters|main|cli)/' },
    },
    {
      name: 'client-stands-alone',
      comment: 'It runs in browsers and workers, without any dependency: of the server it has types only.',
      severity: 'error',
      from: { path: '^src/client/', pathNot: ['\\.test\\.ts$', 'vite\\.config\\.ts$'] },
      to: { pathNot: '^src/client/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'whisper-stands-alone',
      comment: 'It may be a package one day: it imports nothing else of Earshot.',
      severity: 'error',
      from: { path: '^src/whisper', pathNot: '\\.test\\.ts$' },
      to: { path: '^(src|web|test|bench)/', pathNot: '^src/whisper/' },
    },
    {
      name: 'http-uses-the-domain',
      severity: 'error',
      from: { path: '^src/http', pathNot: '\\.test\\.ts$' },
      to: { path: '^src/(adapters|main|cli)/' },
    },
    {
      name: 'surfaces-stand-alone',
      comment: 'A surface may not import another: what two of them share belongs to src/http.',
      severity: 'error',
      from: { path: '^src/http/surfaces/([^/]+)/' },
      to: { path: '^src/http/surfaces/', pathNot: '^src/http/surfaces/$1/' },
    },
    {
      name: 'mcp-asks-the-api',
      comment:
        'Its tools are a client of the native API: they may use its contract, and rules that are pure.',
      severity: 'error',
      from: { path: '^src/mcp', pathNot: '\\.test\\.ts$' },
      to: { path: '^src/(http|adapters|pipeline|main|cli|ports)/|^src/domain/(?!transcripts/)' },
    },
    {
      name: 'only-main-wires-adapters',
      severity: 'error',
      from: { path: '^src', pathNot: ['^src/(main|adapters)/', '\\.test\\.ts$'] },
      to: { path: '^src/adapters/' },
    },
    {
      name: 'web-sees-the-contract-and-the-client-only',
      severity: 'error',
      from: { path: '^web' },
      to: { path: '^src', pathNot: '^src/(contract|client)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types'],
    },
  },
}
