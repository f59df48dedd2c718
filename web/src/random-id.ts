/** `crypto.randomUUID` is missing where the page is reached by plain http on a local network; this is not. */
export const randomId = (): string =>
  Array.from(crypto.getRandomValues(new Uint32Array(4)), (n) => n.toString(36).padStart(7, '0')).join('')
