/** Whether tus keeps an upload in this browser: only then is there something to ask it. */
export const anythingRemembered = (): boolean =>
  Object.keys(window.localStorage).some((key) => key.startsWith('tus::'))
