import { NativeSelect, type NativeSelectProps } from '@mantine/core'
import { useSyncExternalStore } from 'react'
import { catalogue, changeLanguage } from './catalogue.ts'
import { LANGUAGES, type Language } from './languages.ts'

const CHOICES = Object.entries(LANGUAGES).map(([value, { name }]) => ({ value, label: name }))

/** The language of the page. Each calls itself by its own name, for those who can't read the one that is shown. */
export function LanguageSelect(props: NativeSelectProps) {
  const { language } = useSyncExternalStore(catalogue.subscribe, catalogue.read)
  return (
    <NativeSelect
      {...props}
      data={CHOICES}
      value={language}
      onChange={({ currentTarget }) => void changeLanguage(currentTarget.value as Language)}
    />
  )
}
