/** A transcript as a page by itself, to read and to print. */
import type { ExportOptions } from '../../contract/formats.ts'
import type { Transcript } from '../../ports/transcript.ts'
import { escaped, escapedAttribute } from './escaped.ts'
import { forXml } from './for-xml.ts'
import { type Paragraph, paragraphs } from './paragraphs.ts'
import { clockTime } from './timestamps.ts'

/** The fonts are the reader's, which have the letters of every language that they read. */
const STYLE = `
:root { color-scheme: light }
body { max-width: 42rem; margin: 2rem auto; padding: 0 1rem; background: #fff; color: #1f2421; font: 11pt/1.5 system-ui, sans-serif }
h1 { font-size: 1.5em; line-height: 1.25 }
h1, p { overflow-wrap: anywhere }
p { margin: 0 0 .9em; orphans: 2; widows: 2 }
time { color: #5b635f; font-size: .85em; font-variant-numeric: tabular-nums }
@page { margin: 2cm }
@media print { body { max-width: none; margin: 0; padding: 0 } }
`

export function renderHtml(
  { segments, language }: Transcript,
  { title = 'Transcript', times = true, speakers = true }: ExportOptions & { title?: string } = {},
): string {
  const body = paragraphs(segments).map((each) => paragraph(each, { times, speakers }))
  return `<!doctype html>
<html${language ? ` lang="${escapedAttribute(forXml(language))}"` : ''}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1 dir="auto">${text(title)}</h1>
${body.join('\n')}
</main>
</body>
</html>
`
}

/** Its direction is that of what is said, not of who says it. */
function paragraph(
  { start, speaker, text: said }: Paragraph,
  { times, speakers }: { times: boolean; speakers: boolean },
): string {
  const parts = [
    times && `<time>${clockTime(start)}</time>`,
    speakers && speaker && `<b><bdi>${text(speaker)}</bdi>:</b>`,
    text(said),
  ]
  return `<p dir="auto">${parts.filter(Boolean).join(' ')}</p>`
}

const text = (value: string): string => escaped(forXml(value))
