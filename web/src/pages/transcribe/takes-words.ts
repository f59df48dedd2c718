import { translator } from '../../i18n/catalogue.ts'
import { roughly } from './time-words.ts'

/**
 * When an order will be done, before it begins; empty where no length is known.
 * @param speed seconds of sound in a second; null: not known, as the model was not used lately
 * @param ahead seconds until what is under way is done
 * @param lengths seconds; null: not known yet
 */
export function takesWords(speed: number | null, ahead: number, lengths: readonly (number | null)[]): string {
  const t = translator('order')
  const known = lengths.filter((seconds) => seconds !== null)
  if (speed === null) return t('done.unknown')
  if (known.length === 0) return ''
  const own = known.reduce((sum, seconds) => sum + seconds, 0) / speed
  const time = roughly((ahead + own) * 1000)
  if (known.length < lengths.length) return t('done.someKnown', { time })
  return ahead > own ? t('done.others', { time }) : t('done.soon', { time })
}
