/** What of yt-dlp's options an operator may add: nothing that runs programs, writes files or leaves the guard. */

const NUMBER = /^\d+(\.\d+)?$/
const SIZE = /^\d+(\.\d+)?[KMG]?$/i

const ALLOWED: Record<string, RegExp> = {
  '--extractor-args': /^\w+:[\w.,;:=+*/-]+$/,
  '--impersonate': /^[a-z]+(-[\w.]+)?(:[a-z]+(-[\w.]+)?)?$/,
  '--xff': /^(default|never|[A-Z]{2}|[\d.]+\/\d+)$/,
  '--sleep-requests': NUMBER,
  '--sleep-interval': NUMBER,
  '--max-sleep-interval': NUMBER,
  '--limit-rate': SIZE,
  '--throttled-rate': SIZE,
  '--http-chunk-size': SIZE,
  '--concurrent-fragments': /^\d{1,2}$/,
  '--retries': /^\d{1,2}$/,
  '--fragment-retries': /^\d{1,2}$/,
  '--extractor-retries': /^\d{1,2}$/,
}

export const ALLOWED_ARGUMENTS = Object.keys(ALLOWED)

/**
 * Splits at white space, `--option value` or `--option=value`, and checks every option and its value.
 * @returns options and values in turn, or what is wrong
 */
export function readYtDlpArguments(text: string): string[] | { fault: string } {
  const words = text.trim().split(/\s+/).flatMap(splitAtEquals)
  const args: string[] = []
  for (let k = 0; k < words.length; k += 2) {
    const [option = '', value = ''] = words.slice(k, k + 2)
    const pattern = Object.hasOwn(ALLOWED, option) ? ALLOWED[option] : undefined
    if (!pattern) return { fault: `${option} is not one of ${ALLOWED_ARGUMENTS.join(', ')}` }
    if (!pattern.test(value)) return { fault: `${option} does not take “${value}”` }
    args.push(option, value)
  }
  return args
}

/** Only the option's own equals sign: extractor arguments have more. */
const splitAtEquals = (word: string): string[] => {
  const [, option, value] = /^(--[\w-]+)=(.*)$/.exec(word) ?? []
  return option === undefined || value === undefined ? [word] : [option, value]
}
