import { ConfigError } from './error.ts'
import { type Config, schema } from './schema.ts'

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
