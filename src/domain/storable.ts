/** PostgreSQL stores no U+0000, and half of a surrogate pair is no character anywhere: what is stored has neither. */
const HALF = /\p{Cs}/u
const HALVES = /\p{Cs}/gu

export const storable = (text: string): string => text.replaceAll('\0', ' ').replace(HALVES, '\uFFFD')

export const isStorable = (text: string): boolean => !text.includes('\0') && !HALF.test(text)
