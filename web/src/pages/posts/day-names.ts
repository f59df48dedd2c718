/** “Friday, November 27” */
export const dayName = new Intl.DateTimeFormat('en', { weekday: 'long', day: 'numeric', month: 'long' })
/** “November 2026” */
export const monthName = new Intl.DateTimeFormat('en', { month: 'long', year: 'numeric' })
/** “Fri” */
export const weekdayName = new Intl.DateTimeFormat('en', { weekday: 'short' })
