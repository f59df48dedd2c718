import { Document, HeadingLevel, Packer, Paragraph, TextRun } from 'docx'
import type { Transcript } from '../../ports/transcript.ts'
import { timestamp } from './formats.ts'
import { paragraphs } from './paragraphs.ts'

const QUIET = '6b736f'

/** A document for word processors: the title, then paragraphs with their times and speakers. */
export function renderDocx({ segments }: Transcript, title: string): Promise<Buffer> {
  const body = paragraphs(segments).map(
    ({ start, speaker, text }) =>
      new Paragraph({
        spacing: { after: 200 },
        children: [
          new TextRun({ text: `${timestamp(start, '.').slice(0, 8)}  `, color: QUIET, size: 18 }),
          ...(speaker ? [new TextRun({ text: `${forXml(speaker)}: `, bold: true })] : []),
          new TextRun(forXml(text)),
        ],
      }),
  )
  const heading = new Paragraph({ heading: HeadingLevel.TITLE, text: forXml(title) })
  return Packer.toBuffer(
    new Document({ creator: 'Earshot', title: forXml(title), sections: [{ children: [heading, ...body] }] }),
  )
}

/** Without the characters that XML cannot carry: a word processor would refuse the whole file. */
const forXml = (text: string): string =>
  Array.from(text.replace(/\s+/g, ' '))
    .filter((char) => !FORBIDDEN.test(char))
    .join('')

/** Controls, lone surrogates, and the two that are no characters. */
const FORBIDDEN = /^[\p{Cc}\p{Cs}\uFFFE\uFFFF]$/u
