/** Ordering on the dashboard, as people do it: choosing a file and pressing the button. */
import type { Page } from 'playwright-core'
import type { Dashboard } from './dashboard.ts'
import { makeMedia } from './media.ts'
import { toneAudio, toneProgramme } from './tone.ts'

/** A file of spoken tones, and what is said in it. */
export async function recording(
  { dataDir }: Dashboard,
  name: string,
  seed: number,
  seconds: number,
): Promise<{ path: string; text: string }> {
  const words = toneProgramme(seed, seconds)
  const path = await makeMedia(dataDir, toneAudio(words, seconds), { format: 'flac', name })
  return { path, text: words.map(({ word }) => word).join(' ') }
}

export const choose = (page: Page, path: string): Promise<void> =>
  page.locator('input[type=file]').setInputFiles(path)

export const order = (page: Page): Promise<void> =>
  page.getByRole('button', { name: 'Transcribe', exact: true }).click()

/** What is said in subtitles, without numbers and times. */
export const wordsOfSrt = (srt: string): string =>
  srt
    .split('\n')
    .filter((line) => /^[a-z]/.test(line))
    .join(' ')
