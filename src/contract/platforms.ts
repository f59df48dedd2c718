/** The platforms whose links are taken, and what people call them. How each is read: `src/domain/links`. */
export const PLATFORM_NAMES = {
  youtube: 'YouTube',
  tiktok: 'TikTok',
  instagram: 'Instagram',
  facebook: 'Facebook',
  twitter: 'X',
  linkedin: 'LinkedIn',
  pinterest: 'Pinterest',
} as const

export type Platform = keyof typeof PLATFORM_NAMES

export const PLATFORMS = Object.keys(PLATFORM_NAMES) as [Platform, ...Platform[]]
