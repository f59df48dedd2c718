/** One line without the characters that XML cannot carry: a program would refuse the whole file. */
export const forXml = (text: string): string =>
  Array.from(text.replace(/\s+/g, ' '))
    .filter((char) => !FORBIDDEN.test(char))
    .join('')

/** Control characters, lone surrogates, U+FFFE and U+FFFF. */
const FORBIDDEN = /^[\p{Cc}\p{Cs}\uFFFE\uFFFF]$/u
