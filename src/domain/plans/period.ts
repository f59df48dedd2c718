/**
 * When a monthly plan's next credits are due: on the day of the month on which the account began, or on the
 * month's last day where it has no such day. Epoch ms, UTC.
 */
export function nextPeriod(anchor: number, after: number): number {
  const from = new Date(anchor)
  const months = (new Date(after).getUTCFullYear() - from.getUTCFullYear()) * 12 - from.getUTCMonth()
  for (let n = Math.max(1, months + new Date(after).getUTCMonth()); ; n++) {
    const due = addMonths(from, n)
    if (due > after) return due
  }
}

function addMonths(from: Date, months: number): number {
  const due = new Date(from)
  due.setUTCMonth(from.getUTCMonth() + months)
  // A month without that day ran over into the next one: back to its last day.
  if (due.getUTCDate() !== from.getUTCDate()) due.setUTCDate(0)
  return due.getTime()
}
