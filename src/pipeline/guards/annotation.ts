/** `[Music]`, `(applause)`, `*coughs*`, `♪♪`: what is heard but not said. */
const ASIDES = /\[[^[\]]*\]|\([^()]*\)|（[^（）]*）|【[^【】]*】|<[^<>]*>|\*[^*]*\*/gu

/** Whether nothing is left of a text without its notes on sounds. */
export const isAnnotation = (text: string): boolean => !/[\p{L}\p{N}]/u.test(text.replace(ASIDES, ' '))
