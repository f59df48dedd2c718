import { expect, it } from 'vitest'
import { readListenQuery, wishesIn } from './query.ts'

const wishes = (query: object) => wishesIn(readListenQuery(query), () => false)

it('what is more than anybody may ask for is the client’s fault', () => {
  const many = (text: string): string[] => Array.from({ length: 600 }, (_, k) => `${text}${k}`)
  for (const query of [
    { keywords: many('word') },
    { keyterm: many('term') },
    { replace: many('heard:written') },
  ])
    expect(() => wishes(query)).toThrow(expect.objectContaining({ code: 'request.invalid' }))
  expect(wishes({ keywords: ['Eyre:2'], replace: ['air:Eyre'] })).toMatchObject({
    keywords: ['Eyre'],
    replacements: [{ from: 'air', to: 'Eyre' }],
  })
})
