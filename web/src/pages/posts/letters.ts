const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** Letters as people and platforms count them: an emoji of several characters is one. */
export const letters = (text: string): number => [...segmenter.segment(text)].length
