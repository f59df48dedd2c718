import { Alert } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { NO_SCRIPT, type WithoutFont } from '../../../../../src/contract/scripts.ts'
import { listWords, scriptName } from '../words.ts'

interface FontNoteProps {
  of: readonly WithoutFont[]
  /** Where the fonts are looked for: the server draws videos, this device prints, and some device opens a file. */
  where: 'server' | 'print' | 'file'
}

/** Said before anybody waits for what can't be drawn, with what to do about it. */
export function FontNote({ of, where }: FontNoteProps) {
  const t = useTranslations('export.fonts')
  // Where this device has no letters for them, to show them tells nobody anything.
  const named = (script: string, letters: string): string =>
    where === 'server'
      ? t('script', { name: scriptName(script), letters: someOf(letters) })
      : scriptName(script)
  const scripts = listWords(
    of.map(({ script, letters }) => (script === NO_SCRIPT ? codesOf(letters) : named(script, letters))),
  )
  const advice = {
    server: () => t('onServer', { packages: listWords(packagesFor(of)) }),
    print: () => t('inPdf'),
    file: () => t('inFile'),
  }
  return (
    <Alert
      color="orange"
      role="note"
      title={where === 'server' ? t('server', { scripts }) : t('device', { scripts })}
    >
      {advice[where]()}
    </Alert>
  )
}

const MOST_SHOWN = 5

/** Without what stands above or below others, which looks odd alone. */
function someOf(letters: string): string {
  const alone = letters.match(/[^\p{M}]/gu) ?? [...letters]
  return `${alone.slice(0, MOST_SHOWN).join(' ')}${alone.length > MOST_SHOWN ? ' …' : ''}`
}

/** “U+02BB” */
const codesOf = (letters: string): string =>
  listWords(
    [...letters]
      .slice(0, MOST_SHOWN)
      .map((each) => `U+${(each.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`),
  )

const CJK = ['Jpan', 'Hani', 'Hira', 'Kana', 'Hang', 'Bopo']

/** Of Debian: one has Chinese, Japanese and Korean, the other nearly everything else. */
const packagesFor = (of: readonly WithoutFont[]): string[] => [
  ...(of.some(({ script }) => !CJK.includes(script)) ? ['fonts-noto-core'] : []),
  ...(of.some(({ script }) => CJK.includes(script)) ? ['fonts-noto-cjk'] : []),
]
