export class ConfigError extends Error {
  readonly faults: string[]
  constructor(faults: string[]) {
    super(`wrong settings:\n${faults.map((f) => `  ${f}`).join('\n')}`)
    this.name = 'ConfigError'
    this.faults = faults
  }
}
