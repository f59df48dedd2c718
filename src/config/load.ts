import { type Config, schema } from './schema.ts'

export class ConfigError extends Error {
  readonly faults: string[]
  constructor(faults: string[]) {
    super(`wrong settings:\n${faults.map((f) => `  ${f}`).join('\n')}`)
    this.name = 'ConfigError'
    this.faults = faults
  }
}

/**
 * Reads the settings from the environment. An empty value counts as unset.
 * @throws ConfigError that lists every fault at once
 */
export function loadConfig(env: NodeJS.ProcessEnv): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const parsed = schema.safeParse(given)
  const faults = parsed.success ? [] : parsed.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`)
  for (const name of Object.keys(given))
    if (name.startsWith('EARSHOT_') && !Object.hasOwn(schema.shape, name))
      faults.push(`${name}: there is no such setting`)
  if (!parsed.success || faults.length > 0) throw new ConfigError(faults)
  return parsed.data
}
