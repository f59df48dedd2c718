import { readdirSync } from 'node:fs'
import { expect, it } from 'vitest'
import { CATALOGUE } from '../../src/adapters/models/catalogue.ts'

const MESSAGES = new URL('../../web/src/i18n/messages/', import.meta.url)

it.each(readdirSync(MESSAGES))(
  'every model of the catalogue is described on the page in %s',
  async (language) => {
    const { default: messages } = await import(`${MESSAGES}${language}/models.ts`)
    const keys = CATALOGUE.map(({ name }) => name.replaceAll('.', '_'))
    expect(Object.keys(messages.about).toSorted()).toEqual(keys.toSorted())
    for (const { name, about } of CATALOGUE) {
      const words = messages.about[name.replaceAll('.', '_')]
      // In English as on the command line.
      if (language === 'en') expect(words).toBe(about)
      else expect(words, name).not.toBe(about)
    }
  },
)
