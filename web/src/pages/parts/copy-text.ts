import { translator } from '../../i18n/catalogue.ts'

/**
 * Puts a text on the clipboard. Browsers offer the modern way only over https and on this very machine; for
 * a server in the house, reached by its address, there is the old one.
 */
export async function copyText(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text)
  const area = document.createElement('textarea')
  area.value = text
  area.style.cssText = 'position:fixed;opacity:0'
  document.body.append(area)
  area.select()
  const done = document.execCommand('copy')
  area.remove()
  if (!done) throw new Error(translator('parts')('copyBlocked'))
}
