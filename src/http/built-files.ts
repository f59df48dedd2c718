import type { FastifyStaticOptions } from '@fastify/static'

/** How the built page and documentation are served: a route for each file, in the compressed form stored beside it. */
export const BUILT_FILES = {
  wildcard: false,
  // Compressed files are found beside the originals. Routes for them were two of three, and a fifth of the start-up time.
  globIgnore: ['**/*.{br,gz}'],
  index: false,
  preCompressed: true,
  cacheControl: false,
} satisfies Partial<FastifyStaticOptions>
