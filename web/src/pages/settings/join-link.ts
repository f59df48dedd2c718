/**
 * The link that an invitation's token makes. Behind the `#`, the token stays out of the logs of servers and
 * proxies.
 */
export const joinLink = (token: string): string => `${window.location.origin}/join#${token}`
