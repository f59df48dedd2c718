/** The messages of the page in the language that is shown. A page’s file of messages is fetched along with the page. */
import type { useTranslations } from 'use-intl'
import { createTranslator } from 'use-intl/core'
import { isLanguage, LANGUAGES, type Language, languageFor, localeFor } from './languages.ts'
import type { Messages } from './messages.ts'

export type Namespace = keyof Messages

/** What `useTranslations` gives, for functions that are handed it. */
export type Translate<N extends Namespace> = ReturnType<typeof useTranslations<N>>

type Translators = { [N in Namespace]?: Translate<N> }

interface Shown {
  language: Language
  /** Of dates, numbers and plurals. */
  locale: string
  /** Those that were fetched. */
  messages: Messages
  translators: Translators
}

const FILES = import.meta.glob<{ default: Messages[Namespace] }>('./messages/*/*.ts')
const CHOICE = 'earshot:language'

let shown = inLanguage(chosen() ?? languageFor(wanted()), {} as Messages)
const listeners = new Set<() => void>()

/** What is shown, for `useSyncExternalStore`. */
export const catalogue = {
  read: (): Shown => shown,
  subscribe(listener: () => void): () => void {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
}

/** Fetches messages in the language that is shown; they have to be there before what uses them. */
export async function loadMessages(...namespaces: Namespace[]): Promise<void> {
  const { language, messages } = shown
  const missing = namespaces.filter((namespace) => !(namespace in messages))
  Object.assign(messages, await fetched(language, missing))
  if (language !== shown.language) await loadMessages(...namespaces)
}

/** A part of the page that is fetched when it is wanted, with the messages it needs. */
export const withMessages =
  <Part>(namespaces: Namespace[], load: () => Promise<Part>) =>
  (): Promise<Part> =>
    Promise.all([load(), loadMessages(...namespaces)]).then(([part]) => part)

/** Shows the page in another language from now on, in this browser. */
export async function changeLanguage(language: Language): Promise<void> {
  const there = Object.keys(shown.messages) as Namespace[]
  shown = inLanguage(language, (await fetched(language, there)) as Messages)
  for (const listener of listeners) listener()
  try {
    localStorage.setItem(CHOICE, language)
  } catch {
    // A browser may be told to keep nothing.
  }
}

/** For what is said outside components. */
export function translator<N extends Namespace>(namespace: N): Translate<N> {
  const { locale, messages, translators } = shown
  // Kept, since each makes its own plural rules and number formats, which takes long.
  translators[namespace] ??= createTranslator({ locale, messages, namespace }) as Translators[N]
  return translators[namespace]!
}

/** Whose way to write dates and numbers is used. */
export const locale = (): string => shown.locale

async function fetched(language: Language, namespaces: readonly Namespace[]): Promise<Partial<Messages>> {
  const files = namespaces.map(async (namespace) => {
    const file = await FILES[`./messages/${language}/${namespace}.ts`]!()
    return [namespace, file.default] as const
  })
  return Object.fromEntries(await Promise.all(files))
}

function inLanguage(language: Language, messages: Messages): Shown {
  if (typeof document !== 'undefined') {
    document.documentElement.lang = language
    document.documentElement.dir = LANGUAGES[language].dir
  }
  return { language, locale: localeFor(language, wanted()), messages, translators: {} }
}

function chosen(): Language | undefined {
  try {
    const language = localStorage.getItem(CHOICE)
    return isLanguage(language) ? language : undefined
  } catch {
    return undefined
  }
}

function wanted(): readonly string[] {
  // Node.js has a navigator as well, with the machine’s language.
  return typeof document === 'undefined' ? [] : navigator.languages
}
