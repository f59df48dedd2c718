/** Pages of Markdown as pages of the reference: headings that can be linked to, and links between the pages. */
import { Marked } from 'marked'
import { escaped, Html } from './html.ts'

export interface Section {
  id: string
  heading: string
  text: string
}

export interface Rendered {
  title: string
  body: Html
  sections: Section[]
}

/** Where a link leads; undefined: nowhere, its text stands alone. */
export type LinkTarget = (href: string) => string | undefined

export function renderMarkdown(source: string, to: LinkTarget): Rendered {
  const slugs = new Map<string, number>()
  const sections: Section[] = []
  const marked = new Marked({
    renderer: {
      heading({ tokens, depth, text }) {
        const heading = plain(text)
        const id = unique(slugOf(heading), slugs)
        sections.push({ id, heading, text: '' })
        return `<h${depth} id="${id}">${this.parser.parseInline(tokens)}</h${depth}>\n`
      },
      link({ href, tokens }) {
        return linked(to(href), this.parser.parseInline(tokens))
      },
      image({ text }) {
        return escaped(text)
      },
      code: ({ text, lang }) => codeBlock(text, lang),
      table(token) {
        const row = (cells: typeof token.header, tag: string): string =>
          `<tr>${cells.map(({ tokens }) => `<${tag}>${this.parser.parseInline(tokens)}</${tag}>`).join('')}</tr>`
        const named = token.header.some(({ text }) => text.trim() !== '')
        const head = named
          ? `<thead>${row(token.header, 'th').replaceAll('<th></th>', '<td></td>')}</thead>`
          : ''
        return scrolling(
          `<table>${head}<tbody>${token.rows.map((cells) => row(cells, 'td')).join('')}</tbody></table>`,
        )
      },
      // What the pages have of markup is examples.
      html: ({ text }) => escaped(text),
    },
  })
  const body = marked.parse(source, { async: false })
  fillSections(source, sections)
  return { title: sections[0]?.heading ?? '', body: new Html(body), sections }
}

/** What stands under each heading, for the search. */
function fillSections(source: string, sections: Section[]): void {
  let at = -1
  let fenced = false
  for (const line of source.split('\n')) {
    if (line.startsWith('```')) fenced = !fenced
    if (!fenced && /^#{1,6} /.test(line)) at++
    else if (sections[at]) sections[at]!.text += `${line} `
  }
  for (const section of sections) section.text = plain(section.text)
}

/** Without the signs of Markdown. */
const plain = (text: string): string =>
  text
    .replaceAll(/\]\([^)\s]*\)/g, '')
    .replaceAll(/[`*[\]|#]|-{3,}/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim()

/** As GitHub names headings, so that the same links work there. */
export const slugOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-')

function unique(slug: string, taken: Map<string, number>): string {
  const times = taken.get(slug) ?? 0
  taken.set(slug, times + 1)
  return times === 0 ? slug : `${slug}-${times}`
}

export const codeBlock = (text: string, language = ''): string =>
  `<pre tabindex="0"><code${language && ` class="language-${escaped(language)}"`}>${escaped(text)}</code></pre>\n`

/** Wide tables scroll by themselves, with the keyboard too. */
export const scrolling = (table: string): string =>
  `<div class="wide" role="group" aria-label="Table" tabindex="0">${table}</div>\n`

const linked = (href: string | undefined, label: string): string =>
  href === undefined ? label : `<a href="${escaped(href)}">${label}</a>`

/** A sentence or two. */
export const inline = (text: string, to: LinkTarget): Html =>
  new Html(
    new Marked({
      renderer: { link: ({ href, text: label }) => linked(to(href), escaped(label)) },
    }).parse(text, { async: false }),
  )
