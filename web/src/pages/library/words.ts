export const countWords = (n: number): string => `${n} ${n === 1 ? 'transcript' : 'transcripts'}`

export const daysWords = (n: number): string => `${n} ${n === 1 ? 'day' : 'days'}`
