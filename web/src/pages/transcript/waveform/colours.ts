/** Colours on the page's ground, each with a contrast of 3 or more to it: the names beside them say the same. */
export interface Colours {
  voices: readonly string[]
  /** Where nobody is named. */
  unnamed: string
  pause: string
  hit: string
  doubt: string
  chapter: string
  quote: string
}

export const LIGHT: Colours = {
  voices: ['#0f6b60', '#b3560f', '#3f5fb0', '#9b3475', '#5f7012', '#7a4fc0', '#a8322a', '#2f7799'],
  unnamed: '#0f6b60',
  pause: '#c4c1b8',
  hit: '#d97700',
  doubt: '#b26a00',
  chapter: '#5d6561',
  quote: 'rgb(255 183 77 / 35%)',
}

export const DARK: Colours = {
  voices: ['#58b5a8', '#e59a57', '#8da8ee', '#e083bd', '#b3c45c', '#b79bf0', '#ee8d86', '#75b9d8'],
  unnamed: '#58b5a8',
  pause: '#4c5552',
  hit: '#ffb74d',
  doubt: '#f0a93b',
  chapter: '#a1a9a5',
  quote: 'rgb(255 183 77 / 30%)',
}

/** Whoever speaks as the ninth has the first one's colour again. */
export const voiceColour = ({ voices, unnamed }: Colours, number: number): string =>
  number < 0 ? unnamed : (voices[number % voices.length] ?? unnamed)
