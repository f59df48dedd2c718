import { Document, HeadingLevel, Packer, Paragraph, TextRun } from 'docx'
import type { ExportOptions } from '../../contract/formats.ts'
import type { Transcript } from '../../ports/transcript.ts'
import { forXml } from './for-xml.ts'
import { paragraphs } from './paragraphs.ts'
import { clockTime } from './timestamps.ts'

const QUIET = '6b736f'

/** A document for word processors: the title, then paragraphs with their times and speakers. */
export function renderDocx(
  { segments }: Transcript,
  title: string,
  { times = true, speakers = true }: ExportOptions = {},
): Promise<Buffer> {
  const body = paragraphs(segments).map(
    ({ start, speaker, text }) =>
      new Paragraph({
        spacing: { after: 200 },
        children: [
          ...(times ? [new TextRun({ text: `${clockTime(start)}  `, color: QUIET, size: 18 })] : []),
          ...(speakers && speaker ? [new TextRun({ text: `${forXml(speaker)}: `, bold: true })] : []),
          new TextRun(forXml(text)),
        ],
      }),
  )
  const heading = new Paragraph({ heading: HeadingLevel.TITLE, text: forXml(title) })
  return Packer.toBuffer(
    new Document({ creator: 'Earshot', title: forXml(title), sections: [{ children: [heading, ...body] }] }),
  )
}
