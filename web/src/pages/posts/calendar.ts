/** Days and months as the calendar shows them, in this browser's time zone. Pure. */

export interface Month {
  year: number
  /** From 0. */
  month: number
}

export const monthOf = (at: Date): Month => ({ year: at.getFullYear(), month: at.getMonth() })

export const movedBy = ({ year, month }: Month, months: number): Month =>
  monthOf(new Date(year, month + months, 1))

/** When it begins, and when the next one does. */
export const spanOf = ({ year, month }: Month): { from: Date; to: Date } => ({
  from: new Date(year, month, 1),
  to: new Date(year, month + 1, 1),
})

/** “2026-11-27”, here. */
export function dayOf(at: Date): string {
  const two = (number: number): string => String(number).padStart(2, '0')
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
}

/** @param firstDay of the week: 0 is Sunday. @returns weeks of seven days; null: of another month */
export function weeksOf({ year, month }: Month, firstDay: number): (Date | null)[][] {
  const count = new Date(year, month + 1, 0).getDate()
  const before = (new Date(year, month, 1).getDay() - firstDay + 7) % 7
  const cells: (Date | null)[] = [
    ...Array.from({ length: before }, () => null),
    ...Array.from({ length: count }, (_, k) => new Date(year, month, k + 1)),
  ]
  while (cells.length % 7 !== 0) cells.push(null)
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7))
}

/** What `at` says by its day, the days in their order. */
export function byDay<T>(items: readonly T[], at: (item: T) => Date): [day: string, items: T[]][] {
  const days = new Map<string, T[]>()
  for (const item of items) {
    const day = dayOf(at(item))
    days.set(day, [...(days.get(day) ?? []), item])
  }
  return [...days].sort(([a], [b]) => (a < b ? -1 : 1))
}
