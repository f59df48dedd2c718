import { Html, html } from './html.ts'

export interface Page {
  /** Behind `/docs/`; empty: the first page. */
  name: string
  title: string
  group: string
  body: Html
}

export const addressOf = (name: string): string => (name === '' ? '/docs' : `/docs/${name}`)

/** A whole page. Everything that it loads lies beside it. */
export function layout(page: Page, pages: readonly Page[]): string {
  const document = html`<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${page.name === '' ? 'Earshot’s documentation' : `${page.title} · Earshot’s documentation`}</title>
<link rel="icon" type="image/svg+xml" href="/docs/icon.svg">
<link rel="preload" href="/docs/sans.woff2" as="font" type="font/woff2" crossorigin>
<link rel="stylesheet" href="/docs/docs.css">
<script src="/docs/docs.js" defer></script>
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header>
<a class="brand" href="/docs">Earshot <span>documentation</span></a>
<search class="search" hidden>
<input id="search" type="search" placeholder="Search" aria-label="Search the documentation" autocomplete="off" spellcheck="false">
<ol id="found" aria-label="Results"></ol>
<p id="found-count" role="status" class="unseen"></p>
</search>
<a href="/">Dashboard</a>
</header>
<div class="columns">
<details class="menu"><summary>Contents</summary>${navigation(page, pages)}</details>
<div class="side">${navigation(page, pages)}</div>
<main id="main" tabindex="-1">${page.body}</main>
</div>
</body>
</html>`
  return `<!doctype html>\n${document.text}\n`
}

function navigation(page: Page, pages: readonly Page[]): Html {
  const groups = [...new Set(pages.map(({ group }) => group))]
  const entry = ({ name, title }: Page): Html =>
    html`<li><a href="${addressOf(name)}"${name === page.name && new Html(' aria-current="page"')}>${title}</a></li>`
  return html`<nav aria-label="Documentation">${groups.map(
    (group) => html`<p>${group}</p><ul>${pages.filter((each) => each.group === group).map(entry)}</ul>`,
  )}</nav>`
}
