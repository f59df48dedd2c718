/** Markup that may stand as it is. */
export class Html {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

type Value = string | number | false | null | undefined | Html | readonly Value[]

/** Markup with values in it, each escaped unless it is markup itself. */
export const html = (strings: TemplateStringsArray, ...values: Value[]): Html =>
  new Html(strings.map((text, k) => text + (k < values.length ? markup(values[k]) : '')).join(''))

function markup(value: Value): string {
  if (value instanceof Html) return value.text
  if (Array.isArray(value)) return value.map(markup).join('')
  return value === false || value === null || value === undefined ? '' : escaped(String(value))
}

const NAMES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

export const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => NAMES[sign] ?? sign)
