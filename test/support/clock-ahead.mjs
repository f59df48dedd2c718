/** Loaded before a program (`NODE_OPTIONS=--import …`), whose machine's clock is then `CLOCK_AHEAD_MS` ahead. */
const ahead = Number(process.env.CLOCK_AHEAD_MS)
const real = Date
globalThis.Date = class extends real {
  constructor(...args) {
    super(...(args.length === 0 ? [real.now() + ahead] : args))
  }
  static now() {
    return real.now() + ahead
  }
}
