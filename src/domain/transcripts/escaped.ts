/** WebVTT and XML read `<`, `>` and `&` as markup. */
export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** In an attribute, between double quotes. */
export const escapedAttribute = (text: string): string => escaped(text).replaceAll('"', '&quot;')
