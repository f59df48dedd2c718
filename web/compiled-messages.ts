import { readFile } from 'node:fs/promises'
import compile from 'icu-minify/compile'
import { type Plugin, transformWithOxc } from 'vite'

interface Messages {
  [key: string]: string | Messages
}

/**
 * Compiles the page's messages (ICU MessageFormat) while it is built: the browser gets what the parser found, and not
 * the parser, which is 12 kB.
 */
export const compiledMessages: Plugin = {
  name: 'compiled-messages',
  enforce: 'pre',
  config: () => ({
    resolve: { alias: { 'use-intl/format-message': 'use-intl/format-message/format-only' } },
    // Bundled in advance for `vite web`, it would bring the parser again.
    optimizeDeps: { exclude: ['use-intl'] },
  }),
  transform: {
    filter: { id: /\/i18n\/messages\/[A-Za-z-]+\/[a-z-]+\.ts$/ },
    async handler(source, id) {
      const english = id.replace(/\/messages\/[A-Za-z-]+\//, '/messages/en/')
      this.addWatchFile(english)
      const messages = withEnglish(
        await read(source, id),
        await read(await readFile(english, 'utf8'), english),
      )
      return { code: `export default ${JSON.stringify(compiled(messages))}`, map: null }
    },
  },
}

/** What a file of messages exports. */
async function read(source: string, id: string): Promise<Messages> {
  const { code } = await transformWithOxc(source, id, { sourcemap: false })
  const module = await import(`data:text/javascript,${encodeURIComponent(code)}`)
  return module.default
}

/** A message that nobody has translated yet is shown in English. */
const withEnglish = (messages: Messages, english: Messages): Messages =>
  Object.fromEntries(
    Object.entries(english).map(([key, message]) => {
      const own = messages[key]
      if (typeof message === 'string') return [key, own ?? message]
      return [key, withEnglish((own ?? {}) as Messages, message)]
    }),
  )

const compiled = (messages: Messages): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(messages).map(([key, message]) => [
      key,
      typeof message === 'string' ? compile(message) : compiled(message),
    ]),
  )
