import type { OperatorHealth } from '../../../../src/contract/operator.ts'
import type { Translate } from '../../i18n/catalogue.ts'

export type Finding = OperatorHealth['findings'][number]
export type Sentence = 'name' | 'says' | 'cure'

interface Shown {
  translate: Translate<'findings'>
  locale: string
}

/** The server’s own words, which are English; on a page in another language the page’s, where it has them. */
export function findingWords(finding: Finding, which: Sentence, { translate, locale }: Shown): string {
  const own = which === 'cure' ? sentence(finding.cure ?? '') : finding[which]
  const code = finding.codes?.[which]
  if (code === undefined || locale.startsWith('en')) return own
  // Whether it is one that there is, `has` says.
  const key = keyOf(which, code) as 'says.old'
  return translate.has(key) ? translate(key, { version: '', ...finding.values }) : own
}

function keyOf(which: Sentence, code: string): string {
  if (which === 'name') return `names.${code}`
  return which === 'says' ? `says.${code}` : `cures.${code}`
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
