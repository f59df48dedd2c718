/** How this machine draws subtitles into videos. */
export interface Drawing {
  /** Whether the installed ffmpeg can. */
  makesVideos(): Promise<boolean>
  /** ISO 15924: for which there is no font, as far as is known yet. */
  lacksScripts(): Promise<readonly string[]>
  /** Those of the letters that no font has. */
  lacking(letters: readonly string[]): Promise<ReadonlySet<string>>
}
