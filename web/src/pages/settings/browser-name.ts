import { translator } from '../../i18n/catalogue.ts'

const BROWSERS: [string, RegExp][] = [
  ['Edge', /\bEdgA?\//],
  ['Opera', /\bOPR\//],
  ['Firefox', /\b(Firefox|FxiOS)\//],
  ['Chrome', /\b(Headless)?(Chrome|CriOS)\//],
  ['Safari', /\bSafari\//],
]

const SYSTEMS: [string, RegExp][] = [
  ['Android', /\bAndroid\b/],
  ['iPhone', /\biPhone\b/],
  ['iPad', /\biPad\b/],
  ['Windows', /\bWindows\b/],
  ['macOS', /\bMacintosh\b/],
  ['Linux', /\bLinux\b/],
]

/** `Firefox on Windows`: enough to recognise one's own. The order matters: browsers claim to be others. */
export function browserName(userAgent: string): string {
  const t = translator('settings')
  const name = (names: [string, RegExp][]) => names.find(([, sign]) => sign.test(userAgent))?.[0]
  const browser = name(BROWSERS)
  const system = name(SYSTEMS)
  if (!browser) return userAgent.slice(0, 60) || t('browser.unknown')
  return system ? t('browser.on', { browser, system }) : browser
}
