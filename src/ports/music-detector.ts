/** Tells music and singing from speech. */
export interface MusicDetector {
  /**
   * @param excerpts of one recording, 16 kHz mono, some seconds each
   * @returns for each how sure it is that there is music or singing, 0 to 1
   * @throws Error where it died, hung or refused
   */
  hear(excerpts: readonly Int16Array[], signal: AbortSignal): Promise<number[]>
}
