import { readFileSync } from 'node:fs'

/** Earshot's own version. The bundle lies as deep as this folder. */
export const { version } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
) as { version: string }
