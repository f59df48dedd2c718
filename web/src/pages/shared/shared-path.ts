export const sharedPath = (token: string): string => `/${encodeURIComponent(token)}`
