/** Whether `If-None-Match` names this version: one of a list, `*`, or made weak by a proxy that compressed it on its way. */
export const isKnown = (ifNoneMatch: string | undefined, etag: string): boolean =>
  (ifNoneMatch ?? '')
    .split(',')
    .some((each) => each.trim() === '*' || each.trim().replace(/^W\//, '') === etag)
