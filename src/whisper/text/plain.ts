/** Only letters and digits, in lower case: what makes two texts the same to who hears them. */
export const plain = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
