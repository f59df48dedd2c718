/** In which scripts a text is written, and which of them cannot be drawn for want of a font. */

/**
 * By ISO 15924: two letters that every font of the script has. Those of all languages that the models here hear, and
 * of a few more. Whether a font has every rare letter of a text is only seen when it is drawn.
 */
const LETTERS = {
  Latn: 'ae',
  Grek: 'αε',
  Cyrl: 'ае',
  Armn: 'աե',
  Geor: 'აე',
  Hebr: 'אה',
  Arab: 'ام',
  Thaa: 'ހށ',
  Ethi: 'ሀለ',
  Deva: 'कर',
  Beng: 'কর',
  Guru: 'ਕਰ',
  Gujr: 'કર',
  Orya: 'କର',
  Taml: 'கர',
  Telu: 'కర',
  Knda: 'ಕರ',
  Mlym: 'കര',
  Sinh: 'කර',
  Thai: 'กา',
  Laoo: 'ກາ',
  Tibt: 'ཀར',
  Mymr: 'ကရ',
  Khmr: 'ករ',
  Mong: 'ᠠᠨ',
  Hang: '가나',
  Hira: 'あの',
  Kana: 'アノ',
  Hani: '一人',
} as const
export type Script = keyof typeof LETTERS

const SCRIPTS = Object.keys(LETTERS) as Script[]
const PATTERNS = SCRIPTS.map((script) => ({ script, pattern: new RegExp(`^\\p{Script=${script}}`, 'u') }))
const JAPANESE: readonly string[] = ['Hira', 'Kana', 'Hani']

/** What is asked of the fonts: some letters of each script. */
export const TRIAL_LETTERS = Object.values(LETTERS).join('')

/** @param missing letters that no font has */
export const scriptsWithout = (missing: ReadonlySet<string>): Script[] =>
  SCRIPTS.filter((script) => [...LETTERS[script]].every((letter) => missing.has(letter)))

export interface WithoutFont {
  /** ISO 15924. */
  script: string
  /** Of the text, each once. */
  letters: string
}

/**
 * What of a text cannot be drawn.
 * @param characters of the text, each once
 * @param lacking the scripts without a font
 */
export function withoutFont(characters: string, lacking: readonly string[]): WithoutFont[] {
  const found = new Map<string, string>()
  for (const letter of characters.match(/[\p{L}\p{M}\p{N}]/gu) ?? []) {
    const script = PATTERNS.find(({ pattern }) => pattern.test(letter))?.script
    if (script && lacking.includes(script)) found.set(script, (found.get(script) ?? '') + letter)
  }
  // People know one script of Japanese, and no three.
  const isJapanese = found.has('Hira') || found.has('Kana')
  const merged = new Map<string, string>()
  for (const [script, letters] of found) {
    const name = isJapanese && JAPANESE.includes(script) ? 'Jpan' : script
    merged.set(name, (merged.get(name) ?? '') + letters)
  }
  return [...merged].map(([script, letters]) => ({ script, letters }))
}
