/** A chapter of the reference: the operations of a tag, with what they take, what they answer, and how to ask them. */
import type { Operation } from '../../src/http/openapi/operation.ts'
import { exampleOf, nameOf, WITHOUT } from './examples/index.ts'
import { Html, html } from './html.ts'
import { LANGUAGES, type Language, written } from './languages.ts'
import { codeBlock, inline, type LinkTarget, type Section, slugOf } from './markdown.ts'
import { fieldTable, type JsonSchema, type Schemas, schemaTable, typeOf } from './schema-table.ts'

/** An operation in the document, as far as it is shown. */
export interface Described {
  summary: string
  description: string
  parameters?: { name: string; in: string; required?: boolean; description?: string; schema: JsonSchema }[]
  requestBody?: { content: Content }
  responses: Record<string, Reply>
}

type Content = Record<string, { schema: JsonSchema }>
interface Reply {
  description: string
  content?: Content
  headers?: Record<string, { description: string }>
}

export interface OpenApi {
  tags: { name: string; description: string }[]
  paths: Record<string, Record<string, Described>>
  webhooks: Record<string, { post: Described }>
  components: { schemas: Schemas }
}

export interface Chapter {
  body: Html
  sections: Section[]
}

/** @param to where a link leads that stands in a description */
export function chapter(
  tag: string,
  operations: readonly Operation[],
  document: OpenApi,
  to: LinkTarget,
): Chapter {
  const about = document.tags.find(({ name }) => name === tag)?.description ?? ''
  const each = operations.map((operation) => {
    const described = document.paths[operation.path]![operation.method]!
    return { operation, described, id: idOf(operation) }
  })
  const { schemas } = document.components
  return {
    body: html`<h1>${tag}</h1>
${inline(about, to)}
${languageChoice()}
<ul class="operations">${each.map(
      ({ operation, described, id }) =>
        html`<li><a href="#${id}">${described.summary}</a> <code>${nameOf(operation)}</code></li>`,
    )}</ul>
${each.map(
  ({ operation, described, id }) => html`<section aria-labelledby="${id}">
<h2 id="${id}">${described.summary}</h2>
<p class="address"><code>${nameOf(operation)}</code></p>
${inline(described.description, to)}
${examples(operation)}
${takes(described, schemas)}
${answers(described, schemas)}
</section>`,
)}`,
    sections: each.map(({ operation, described, id }) => ({
      id,
      heading: described.summary,
      text: `${nameOf(operation)} ${described.description.replaceAll('`', '')}`,
    })),
  }
}

export const idOf = (operation: Operation): string =>
  slugOf(
    nameOf(operation)
      .replaceAll(/[^\w]+/g, ' ')
      .trim(),
  )

/** Without scripts: the stylesheet hides what is not chosen. */
const languageChoice = (): Html => html`<fieldset class="languages">
<legend>Examples in</legend>
${Object.entries(LANGUAGES).map(
  ([language, name], k) =>
    html`<label><input type="radio" name="language" value="${language}"${k === 0 && new Html(' checked')}> ${name}</label>`,
)}
</fieldset>`

function examples(operation: Operation): Html {
  const example = exampleOf(operation)
  if (!example) return html`<p>${WITHOUT[nameOf(operation)]}</p>`
  const texts = written(operation, example)
  return html`${Object.entries(LANGUAGES).map(
    ([language, name]) =>
      html`<div class="example" data-language="${language}"><p>${name}</p>${new Html(codeBlock(texts[language as Language], language))}</div>`,
  )}`
}

function takes({ parameters = [], requestBody }: Described, schemas: Schemas): Html {
  const places = { path: 'In the path', query: 'In the query', header: 'Headers' }
  const tables = Object.entries(places).map(([place, caption]) => {
    const those = parameters.filter((parameter) => parameter.in === place)
    const fields = those.map(({ name, required = false, description, schema }) => ({
      name,
      required,
      schema: { ...schema, ...(description !== undefined && { description }) },
    }))
    return fields.length > 0 && fieldTable(fields, schemas, caption)
  })
  const bodies = Object.entries(requestBody?.content ?? {}).map(([type, { schema }]) =>
    schemaTable(schema, schemas, `Body: ${type}`),
  )
  return html`${tables}${bodies}`
}

function answers({ responses }: Described, schemas: Schemas): Html {
  return html`<h3>Answers</h3>
${Object.entries(responses).map(([status, reply]) => answer(status, reply, schemas))}`
}

function answer(status: string, { description, content = {}, headers = {} }: Reply, schemas: Schemas): Html {
  const types = Object.entries(content)
  const named = Object.entries(headers)
  const says = html`<strong>${status}</strong> ${description}`
  if (types.length === 0 && named.length === 0) return html`<p class="answer">${says}</p>`
  return html`<details class="answer"><summary>${says}</summary>
${named.map(([name, { description: about }]) => html`<p><code>${name}</code>: ${about}</p>`)}
${types.map(([type, { schema }]) => {
  const plain = ['string', 'file', 'any'].includes(typeOf(schema, schemas))
  return plain ? html`<p><code>${type}</code></p>` : schemaTable(schema, schemas, type)
})}
</details>`
}

/** What is sent to webhooks, beside the operations that look after them. */
export function eventsPart({ webhooks, components }: OpenApi, to: LinkTarget): Chapter {
  const events = Object.entries(webhooks).map(([type, { post }]) => ({
    type,
    post,
    id: slugOf(`event ${type}`),
  }))
  const body = events[0]?.post.requestBody?.content['application/json']?.schema ?? {}
  return {
    body: html`<h2 id="events">Events</h2>
<p>Earshot sends these as <code>POST</code> requests to each endpoint that wants them.</p>
<dl class="events">${events.map(({ type, post, id }) => html`<dt id="${id}"><code>${type}</code></dt><dd>${inline(post.description, to)}</dd>`)}</dl>
${schemaTable(body, components.schemas, 'Body: application/json')}
${takes({ summary: '', description: '', responses: {}, parameters: events[0]?.post.parameters ?? [] }, components.schemas)}`,
    sections: events.map(({ type, post, id }) => ({
      id,
      heading: type,
      text: post.description.replaceAll('`', ''),
    })),
  }
}
