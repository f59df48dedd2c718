import { type Translate, translator } from '../../i18n/catalogue.ts'
import { languageName, listWords } from '../parts/words.ts'
import type { Model } from './data.ts'

type Words = Translate<'models'>

/** What a model is for; undefined: it is none that the page knows, as one of a newer server. */
export function aboutWords({ name, own }: Pick<Model, 'name' | 'own'>, t: Words): string | undefined {
  if (own) return own.source === null ? t('folder') : t('added', { source: own.source })
  // Dots stand between the parts of a key. Whether it is one that there is, `has` says.
  const key = `about.${name.replaceAll('.', '_')}` as 'about.whisper-base'
  return t.has(key) ? t(key) : undefined
}

/** More names tell nobody more. */
const MOST_NAMED = 5

/** “English and German”, or “99 languages”; of one that can’t be used, why. */
export function spokenWords({ spoken, own }: Pick<Model, 'spoken' | 'own'>): string {
  const t = translator('models')
  if (own?.fault) return t('fault', { why: own.fault })
  if (spoken === null) return t('any')
  if (typeof spoken === 'number') return t('count', { count: spoken })
  return spoken.length > MOST_NAMED
    ? t('count', { count: spoken.length })
    : listWords(spoken.map(languageName))
}
