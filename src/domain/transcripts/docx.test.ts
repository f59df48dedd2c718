import { expect, it } from 'vitest'
import { textInZip } from '../../../test/support/zip.ts'
import { renderDocx } from './docx.ts'

const said = (start: number, text: string, speaker?: string) => ({
  start,
  end: start + 1,
  text,
  ...(speaker && { speaker }),
})

const words = async (segments: ReturnType<typeof said>[], title = 'A talk'): Promise<string[]> => {
  const document = await renderDocx({ text: '', language: 'en', segments }, title)
  const xml = textInZip(document, 'word/document.xml')
  return [...xml.matchAll(/<w:p>.*?<\/w:p>/g)].map(([paragraph]) =>
    [...paragraph.matchAll(/<w:t[^>]*>([^<]*)<\/w:t>/g)].map(([, text]) => text).join(''),
  )
}

it('writes the title, and paragraphs with times and speakers', async () => {
  expect(
    await words([
      said(0, 'Good morning.', 'Ann'),
      said(1.2, ' How are you?', 'Ann'),
      said(2.5, 'Well.', 'Ben'),
      said(3700, 'Later.', 'Ben'),
    ]),
  ).toEqual([
    'A talk',
    '00:00:00  Ann: Good morning. How are you?',
    '00:00:02  Ben: Well.',
    '01:01:40  Ben: Later.',
  ])
})

it('takes any text for text', async () => {
  expect(await words([said(0, '<w:p>&\u0007\uFFFF\uD800 “x” 🎧\n-->')], '</w:t>')).toEqual([
    '&lt;/w:t&gt;',
    '00:00:00  &lt;w:p&gt;&amp; “x” 🎧 --&gt;',
  ])
})

it('begins a paragraph after a minute, so that one finds one’s place', async () => {
  const minutes = Array.from({ length: 130 }, (_, second) => said(second, 'la'))
  expect((await words(minutes)).map((paragraph) => paragraph.slice(0, 8))).toEqual([
    'A talk',
    '00:00:00',
    '00:01:00',
    '00:02:00',
  ])
})
