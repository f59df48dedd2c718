/** Keeps a phone’s screen on, since phones stop what a dark page does. Returns what lets it go dark again. */
export function keepAwake(): () => void {
  let lock: Promise<WakeLockSentinel | undefined> | undefined
  const ask = (): void => {
    // Browsers take it back whenever another tab is shown.
    if (document.visibilityState === 'visible')
      lock = navigator.wakeLock?.request('screen').catch(() => undefined)
  }
  ask()
  document.addEventListener('visibilitychange', ask)
  return () => {
    document.removeEventListener('visibilitychange', ask)
    void lock?.then((sentinel) => sentinel?.release())
  }
}
