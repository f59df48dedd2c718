import { z } from 'zod'

const CODES =
  'aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee ' +
  'el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is ' +
  'it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms ' +
  'mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk ' +
  'sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi ' +
  'yo za zh zu'

const KNOWN = new Set(CODES.split(' '))

/** As Whisper, and with it OpenAI's API, calls them; for all others, what Unicode says is the same. */
const WHISPER_NAMES: Record<string, string> = {
  my: 'myanmar',
  nn: 'nynorsk',
  tl: 'tagalog',
  mi: 'maori',
  ht: 'haitian creole',
  bn: 'bengali',
  si: 'sinhala',
  pa: 'punjabi',
  ps: 'pashto',
  jv: 'javanese',
  yue: 'cantonese',
  haw: 'hawaiian',
  or: 'odia',
  zh: 'chinese',
  no: 'norwegian',
  fo: 'faroese',
  lb: 'luxembourgish',
  ky: 'kyrgyz',
  ug: 'uyghur',
  mo: 'moldavian',
}

/** Further names that Whisper takes. */
const OTHER_NAMES: Record<string, string> = {
  burmese: 'my',
  valencian: 'ca',
  flemish: 'nl',
  haitian: 'ht',
  letzeburgesch: 'lb',
  pushto: 'ps',
  panjabi: 'pa',
  moldavian: 'ro',
  moldovan: 'ro',
  sinhalese: 'si',
  castilian: 'es',
  mandarin: 'zh',
  filipino: 'tl',
  bokmål: 'nb',
  farsi: 'fa',
}

let names: Intl.DisplayNames | undefined

/** Unicode's, in English. They are loaded when first asked for, and take 20 ms of what a command takes to start. */
function unicodeName(code: string): string | undefined {
  names ??= new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' })
  return names.of(code)
}

/** In English and lower case, as OpenAI's `verbose_json` has it; the code itself where it has no name. */
export const languageName = (code: string): string =>
  WHISPER_NAMES[code] ?? unicodeName(code)?.toLowerCase() ?? code

let byName: ReadonlyMap<string, string> | undefined

/** Made when it is first asked for, as Unicode's names are. */
const codesByName = (): ReadonlyMap<string, string> => {
  byName ??= new Map([
    ...[...KNOWN, 'yue', 'haw'].map((code): [string, string] => [languageName(code), code]),
    ...Object.entries(OTHER_NAMES),
  ])
  return byName
}

/** As engines tell what they heard: a code, or a name like `english`. @returns null for what is neither */
export const readLanguage = (text: string): string | null =>
  KNOWN.has(text) ? text : (codesByName().get(text.trim().toLowerCase()) ?? readCode(text))

/**
 * A language as it is kept: a code of ISO 639-1, or of 639-3 for those that have none. Read are codes in any case
 * and of either part, tags with a region (`pt-BR`), and codes that were given up (`jw`, `iw`).
 * @returns null for what is none of them
 */
export function readCode(text: string): string | null {
  const [first = '', second = ''] = text.trim().toLowerCase().replaceAll('_', '-').split('-', 2)
  if (!/^[a-z]{2,3}$/.test(first)) return null
  const code = canonical(first === 'zh' && second === 'yue' ? second : first)
  if (code === null || KNOWN.has(code)) return code
  return code.length === 3 && unicodeName(code) ? code : null
}

function canonical(code: string): string | null {
  try {
    const { language } = new Intl.Locale(code)
    // Unicode counts Tagalog as Filipino, which has no code in ISO 639-1.
    return language === 'fil' ? 'tl' : language
  } catch {
    return null
  }
}

/** Codes for one language, as far as speech goes: whoever knows one of them understands the others. */
const ALIKE = [
  ['jv', 'jw'],
  ['tl', 'fil'],
  ['he', 'iw'],
  ['zh', 'cmn'],
  ['no', 'nb', 'nn'],
]

/** What a model calls a language, of the codes that it knows; undefined: it does not know it. */
export function knownAs(language: string, known: readonly string[]): string | undefined {
  if (known.includes(language)) return language
  return ALIKE.find((codes) => codes.includes(language))?.find((code) => known.includes(code))
}

/** `en`, `EN`, `en-US`… Empty and `auto`: detected, as if it were left out. */
export const languageText = z
  .string()
  .max(100)
  .transform((said, ctx) => {
    if (said.trim() === '' || said.trim().toLowerCase() === 'auto') return undefined
    const code = readCode(said)
    if (code === null) ctx.addIssue({ code: 'custom', message: 'must be an ISO 639-1 code, like en' })
    return code ?? z.NEVER
  })

/** Null as well: many clients send it for what they leave out. */
export const language = languageText.nullable().transform((code) => code ?? undefined)

/**
 * As OpenAI reads it, so that what works here works there: a code alone, in any case. Tags (`en-US`), names, `auto`
 * and codes of three letters for what has two are refused.
 */
export const languageCode = z
  .string()
  .max(100)
  .transform((said, ctx) => {
    const text = said.trim()
    const code = text.includes('-') || text.includes('_') ? null : readCode(text)
    if (code === null || code.length < text.length)
      ctx.addIssue({
        code: 'custom',
        message: 'must be a code of ISO 639-1, like en; leave it out to detect it',
      })
    return code ?? z.NEVER
  })
