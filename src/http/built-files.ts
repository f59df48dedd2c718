import type { FastifyStaticOptions } from '@fastify/static'

/** How the built page and documentation are served: a route for each file, compressed as it lies beside it. */
export const BUILT_FILES = {
  wildcard: false,
  // Found by the names of their files. With routes of their own they were two of three, a fifth of a start's time.
  globIgnore: ['**/*.{br,gz}'],
  index: false,
  preCompressed: true,
  cacheControl: false,
} satisfies Partial<FastifyStaticOptions>
