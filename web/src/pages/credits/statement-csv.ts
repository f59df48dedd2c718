import type { LedgerReply } from '../../../../src/contract/account.ts'

type Item = LedgerReply['items'][number]

const COLUMNS: [string, (item: Item) => string | number | null][] = [
  ['time', (item) => item.createdAt],
  ['kind', (item) => item.kind],
  ['amount', (item) => item.amount],
  ['change_of_balance', (item) => item.postedChange],
  ['change_of_available', (item) => item.availableChange],
  ['transcription', (item) => item.transcriptionId],
  ['note', (item) => item.note],
  ['id', (item) => item.id],
]

/** RFC 4180, for a spreadsheet. */
export const statementCsv = (items: readonly Item[]): string =>
  [COLUMNS.map(([name]) => name), ...items.map((item) => COLUMNS.map(([, value]) => cell(value(item))))]
    .map((row) => `${row.join(',')}\r\n`)
    .join('')

function cell(value: string | number | null): string {
  if (typeof value !== 'string') return value === null ? '' : String(value)
  // A spreadsheet would take such a note for a formula, and run it.
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
