/** What is recorded: both is a call in another tab, with one’s own voice. */
export type Source = 'microphone' | 'tab' | 'both'

/** Why nothing is recorded, by the names of its messages. */
export type RecordProblem =
  | 'insecure'
  | 'unable'
  | 'noPermission'
  | 'noMicrophone'
  | 'microphoneBusy'
  | 'nothingShared'
  | 'noSoundShared'
  | 'failed'

/** What this browser cannot do at all, before anybody is asked. */
export function lacking(browser: {
  isSecure: boolean
  records: boolean
}): Extract<RecordProblem, 'insecure' | 'unable'> | undefined {
  if (!browser.isSecure) return 'insecure'
  return browser.records ? undefined : 'unable'
}

/** @param error what a browser says when it gives no microphone, or no tab */
export function problemOf(error: unknown, asked: 'microphone' | 'tab'): RecordProblem {
  switch (error instanceof Error ? error.name : '') {
    case 'NotAllowedError':
    case 'SecurityError':
      return asked === 'tab' ? 'nothingShared' : 'noPermission'
    case 'AbortError':
      return asked === 'tab' ? 'nothingShared' : 'microphoneBusy'
    case 'NotFoundError':
    case 'OverconstrainedError':
      return asked === 'tab' ? 'noSoundShared' : 'noMicrophone'
    case 'NotReadableError':
      return asked === 'tab' ? 'noSoundShared' : 'microphoneBusy'
    default:
      return 'failed'
  }
}
