import { NativeSelect, type NativeSelectProps } from '@mantine/core'
import { useSyncExternalStore } from 'react'
import { catalogue, changeLanguage } from './catalogue.ts'
import { LANGUAGES, type Language, OFFERED } from './languages.ts'

const CHOICES = OFFERED.map((value) => ({ value, label: LANGUAGES[value].name }))

/** The language of the page. Each calls itself by its own name, for those who can't read the one that is shown. Nothing to choose: nothing. */
export function LanguageSelect(props: NativeSelectProps) {
  const { language } = useSyncExternalStore(catalogue.subscribe, catalogue.read)
  if (OFFERED.length < 2) return null
  return (
    <NativeSelect
      {...props}
      data={CHOICES}
      value={language}
      onChange={({ currentTarget }) => void changeLanguage(currentTarget.value as Language)}
    />
  )
}
