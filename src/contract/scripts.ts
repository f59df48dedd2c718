/** In which scripts a text is written, and which of them cannot be drawn for want of a font. */

/**
 * By ISO 15924: two letters that every font of the script has. The scripts that are in use today: those that Unicode
 * recommends for identifiers, and those that it lists as of limited use there (UAX #31).
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
  Bopo: 'ㄅㄆ',
  Adlm: '𞤀𞤁',
  Bali: 'ᬅᬆ',
  Bamu: 'ꚠꚡ',
  Batk: 'ᯀᯁ',
  Cakm: '𑄃𑄄',
  Cans: 'ᐁᐂ',
  Cham: 'ꨀꨁ',
  Cher: 'ᎠᎡ',
  Hmnp: '𞄀𞄁',
  Java: 'ꦄꦅ',
  Kali: 'ꤊꤋ',
  Lana: 'ᨠᨡ',
  Lepc: 'ᰀᰁ',
  Limb: 'ᤀᤁ',
  Lisu: 'ꓐꓑ',
  Mand: 'ࡀࡁ',
  Mtei: 'ꫠꫡ',
  Newa: '𑐀𑐁',
  Nkoo: 'ߊߋ',
  Olck: 'ᱚᱛ',
  Osge: '𐒰𐒱',
  Plrd: '𖼀𖼁',
  Rohg: '𐴀𐴁',
  Saur: 'ꢂꢃ',
  Sund: 'ᮃᮄ',
  Sylo: 'ꠀꠁ',
  Syrc: 'ܐܒ',
  Tale: 'ᥐᥑ',
  Talu: 'ᦀᦁ',
  Tavt: 'ꪀꪁ',
  Tfng: 'ⴰⴱ',
  Vaii: 'ꔀꔁ',
  Wcho: '𞋀𞋁',
  Yiii: 'ꀀꀁ',
} as const
export type Script = keyof typeof LETTERS

const SCRIPTS = Object.keys(LETTERS) as Script[]
const patterns = (property: string) =>
  SCRIPTS.map((script) => ({ script, pattern: new RegExp(`^\\p{${property}=${script}}`, 'u') }))
/** A letter that several scripts share, as the Japanese prolonged sound mark, is of the first of those. */
const PATTERNS = [...patterns('Script'), ...patterns('Script_Extensions')]
const JAPANESE: readonly string[] = ['Hira', 'Kana', 'Hani']

/** ISO 15924 for what belongs to no script in particular. Here also: to one that nobody writes any more. */
export const NO_SCRIPT = 'Zyyy'

const scriptOf = (letter: string): string =>
  PATTERNS.find(({ pattern }) => pattern.test(letter))?.script ?? NO_SCRIPT

/** What is asked of the fonts: some letters of each script. */
export const TRIAL_LETTERS = Object.values(LETTERS).join('')

/** @param missing letters that no font has */
export const scriptsWithout = (missing: ReadonlySet<string>): Script[] =>
  SCRIPTS.filter((script) => [...LETTERS[script]].every((letter) => missing.has(letter)))

/** Of a text, each once. Symbols and spaces are none. */
export const lettersOf = (text: string): string[] => [...new Set(text.match(/[\p{L}\p{M}\p{N}]/gu))]

export interface WithoutFont {
  /** ISO 15924. */
  script: string
  /** Of the text, each once. */
  letters: string
}

/** @param letters each once */
export function byScript(letters: readonly string[]): WithoutFont[] {
  const named = letters.map((letter) => ({ letter, script: scriptOf(letter) }))
  // People know one script of Japanese, and no three.
  const isJapanese = named.some(({ script }) => script === 'Hira' || script === 'Kana')
  const all = new Map<string, string>()
  for (const { letter, script } of named) {
    const name = isJapanese && JAPANESE.includes(script) ? 'Jpan' : script
    all.set(name, (all.get(name) ?? '') + letter)
  }
  return [...all].map(([script, letters]) => ({ script, letters }))
}

/**
 * The letters of a text whose whole script has no font. Whether a font has every rare letter of a script is only seen
 * when it is drawn.
 * @param lacking the scripts without a font
 */
export const inScripts = (text: string, lacking: readonly string[]): string[] =>
  lettersOf(text).filter((letter) => lacking.includes(scriptOf(letter)))
