import { trimmed } from '../../domain/transcripts/text-ends.ts'

/**
 * Credits of subtitles, which models learned from films and write where nobody speaks. Only what nobody says
 * aloud: “thanks for watching” is said at the end of many videos.
 */
const CREDITS = [
  /^(subtitles?|captions?|subtitling|transcri(bed|pt(ion)?)|translat(ed|ion)) (made |provided )?by\b.{0,60}$/,
  /amara\.org/,
  /opensubtitles/,
  /^untertitel(ung)? (im auftrag|der amara|von|des)\b.{0,60}$/,
  /^untertitelung\b.{0,30}\b(zdf|ndr|swr|ard)\b.{0,30}$/,
  /^sous-titr(es|age)\b.{0,60}$/,
  /^subt[ií]tulos (realizados |hechos )?por\b.{0,60}$/,
  /^legendas? (por|pela)\b.{0,60}$/,
  /^sottotitoli (creati |a cura )?(dalla|di|da)\b.{0,60}$/,
  /^ondertitel(ing|s|d)\b.{0,60}$/,
  /^(napisy|субтитры|редактор субтитров|字幕)\b.{0,60}$/,
]

/** Whether a text is the credits of subtitles and nothing else. */
export function isCredit(text: string): boolean {
  const plain = trimmed(text.normalize('NFKC').toLowerCase(), /[\s"'“”.!]/u)
  return plain.length <= 120 && CREDITS.some((credit) => credit.test(plain))
}
