import { locale } from '../../i18n/catalogue.ts'

/** “Friday, November 27” */
export const dayName = (day: Date): string =>
  new Intl.DateTimeFormat(locale(), { weekday: 'long', day: 'numeric', month: 'long' }).format(day)

/** “November 2026” */
export const monthName = (day: Date): string =>
  new Intl.DateTimeFormat(locale(), { month: 'long', year: 'numeric' }).format(day)

/** “Fri” */
export const weekdayName = (day: Date): string =>
  new Intl.DateTimeFormat(locale(), { weekday: 'short' }).format(day)
