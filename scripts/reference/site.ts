/** The whole documentation, from docs/*.md and from the operations that the server answers. Pure but for reading docs/. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { contractDocument, OPERATIONS } from '../../src/http/openapi/index.ts'
import { chapter, eventsPart, type OpenApi } from './chapter.ts'
import { isForPrograms } from './examples/index.ts'
import { GUIDES } from './guides.ts'
import { html } from './html.ts'
import { addressOf, layout, type Page } from './layout.ts'
import { type LinkTarget, renderMarkdown, type Section, slugOf } from './markdown.ts'

const ROOT = join(import.meta.dirname, '../..')

interface Indexed {
  address: string
  page: string
  heading: string
  text: string
}

interface Written extends Page {
  sections: Section[]
}

/** Files by name, as text. @throws Error where a link leads nowhere */
export function site(): Record<string, string> {
  const links: [from: string, href: string][] = []
  const linking = (from: string) => (href: string) => {
    const to = addressWithin(href)
    if (to?.startsWith('/docs')) links.push([from, to])
    else if (to?.startsWith('#')) links.push([from, `${addressOf(from)}${to}`])
    return to
  }
  const written = [...guides(linking), ...chapters(linking), changelog(linking)]
  const pages = [welcome(written), ...written]
  const index = pages.flatMap(indexed)
  const known = new Set([...pages.map(({ name }) => addressOf(name)), ...index.map(({ address }) => address)])
  const dead = links.filter(([, to]) => !known.has(to))
  if (dead.length > 0)
    throw new Error(`links that lead nowhere: ${dead.map(([from, to]) => `${from} → ${to}`).join(', ')}`)
  return {
    ...Object.fromEntries(pages.map((page) => [`${page.name || 'index'}.html`, layout(page, pages)])),
    'search.json': JSON.stringify(index),
  }
}

const shownHere = new Set(Object.values(GUIDES).flat())

/** Links between the pages of docs/ lead to the pages here; undefined: the page is not part of the documentation. */
function addressWithin(href: string): string | undefined {
  if (/^(https?:|mailto:|#)/.test(href)) return href
  const [file = '', anchor] = href.replace(/^(\.\.\/)?docs\//, '').split('#')
  const name = file.replace(/^\.\//, '').replace(/\.md$/, '')
  const page = name === '../CHANGELOG' ? 'changelog' : name
  if (!shownHere.has(page) && page !== 'changelog') return undefined
  return `${addressOf(page)}${anchor === undefined ? '' : `#${anchor}`}`
}

type Linking = (from: string) => LinkTarget

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8')

function guides(linking: Linking): Written[] {
  return Object.entries(GUIDES).flatMap(([group, names]) =>
    names.map((name) => {
      const { title, body, sections } = renderMarkdown(read(`docs/${name}.md`), linking(name))
      return { name, title, group, body, sections }
    }),
  )
}

function changelog(linking: Linking): Written {
  const { body, sections } = renderMarkdown(read('CHANGELOG.md'), linking('changelog'))
  return { name: 'changelog', title: 'Changelog', group: 'Start', body, sections }
}

function chapters(linking: Linking): Written[] {
  const document = contractDocument() as unknown as OpenApi
  const operations = OPERATIONS.filter(isForPrograms)
  const tags = document.tags
    .map(({ name }) => name)
    .filter((tag) => operations.some((each) => each.tag === tag))
  return tags.map((tag) => {
    const name = `reference-${slugOf(tag)}`
    const own = chapter(
      tag,
      operations.filter((each) => each.tag === tag),
      document,
      linking(name),
    )
    const events = tag === 'Webhooks' ? eventsPart(document, linking(name)) : undefined
    return {
      name,
      title: tag,
      group: 'Reference',
      body: html`${own.body}${events?.body}`,
      sections: [...own.sections, ...(events?.sections ?? [])],
    }
  })
}

const GROUPS: Record<string, string> = {
  Start: 'First steps, and what holds for every API.',
  APIs: 'Earshot’s own API, and those of others that it speaks.',
  Operating: 'For whoever runs the server.',
  Reference: 'Every operation, with examples in curl, TypeScript and Python.',
}

function welcome(pages: readonly Written[]): Written {
  const body = html`<h1>Earshot’s documentation</h1>
<p>Earshot turns media files and social-video links into text with times, on your own machines. These pages belong to
the version that runs here, and need no internet. The same as
<a href="/openapi.json">OpenAPI 3.1</a>, for programs.</p>
${Object.entries(GROUPS).map(
  ([group, about]) => html`<h2 id="${slugOf(group)}">${group}</h2>
<p>${about}</p>
<ul>${pages
    .filter((page) => page.group === group)
    .map(({ name, title }) => html`<li><a href="${addressOf(name)}">${title}</a></li>`)}</ul>`,
)}`
  return { name: '', title: 'Overview', group: 'Start', body, sections: [] }
}

const indexed = ({ name, title, sections }: Written): Indexed[] =>
  sections.map(({ id, heading, text }) => ({
    address: `${addressOf(name)}#${id}`,
    page: title,
    heading,
    text,
  }))

/** Pages of docs/ that no group of `guides.ts` has. */
export const leftOut = (): string[] =>
  readdirSync(join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => name.slice(0, -'.md'.length))
    .filter((name) => !shownHere.has(name))
