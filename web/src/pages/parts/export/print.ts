/**
 * Prints a transcript, or saves it as a PDF: by the browser, whose fonts have the letters of every language. (A PDF that
 * the server makes would need fonts for all of them: those for Chinese, Japanese and Korean alone have 16 MB each.)
 */

import { read } from '../../../api.ts'

const ID = 'printed'
const STYLE = `
@media screen { #${ID} { display: none } }
@media print {
  html, body { background: #fff !important }
  body > :not(#${ID}) { display: none !important }
  #${ID} { color: #000; color-scheme: light }
}`

/** @param address of the transcript as a page @throws ApiError, ConnectionError */
export async function print(address: string): Promise<void> {
  const html = await read(address, (response) => response.text())
  const page = new DOMParser().parseFromString(html, 'text/html')
  document.getElementById(ID)?.remove()
  const printed = document.createElement('div')
  printed.id = ID
  printed.lang = page.documentElement.lang
  const styles = [STYLE, ...[...page.querySelectorAll('style')].map(({ textContent }) => scoped(textContent))]
  const style = document.createElement('style')
  style.textContent = styles.join('\n')
  printed.append(style, ...page.querySelectorAll('main'))
  document.body.append(printed)
  const { title } = document
  // Browsers name the file after it.
  document.title = page.title
  window.addEventListener(
    'afterprint',
    () => {
      printed.remove()
      document.title = title
    },
    { once: true },
  )
  window.print()
}

/** Only where it is printed. */
const scoped = (css: string): string => `@media print { ${css} }`
