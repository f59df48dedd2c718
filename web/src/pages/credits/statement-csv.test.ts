import { expect, it } from 'vitest'
import { statementCsv } from './statement-csv.ts'

const item = {
  id: 'xfer_1',
  kind: 'grant',
  amount: 50,
  availableChange: 50,
  postedChange: 50,
  holdId: null,
  transcriptionId: null,
  note: null,
  createdAt: '2026-11-01T10:00:00.000Z',
} as const

it('has a line for each transfer, under the names of its columns', () => {
  const charge = {
    ...item,
    kind: 'post',
    availableChange: 1,
    postedChange: -2,
    transcriptionId: 'tj_7',
  } as const
  expect(statementCsv([item, charge])).toBe(
    'time,kind,amount,change_of_balance,change_of_available,transcription,note,id\r\n' +
      '2026-11-01T10:00:00.000Z,grant,50,50,50,,,xfer_1\r\n' +
      '2026-11-01T10:00:00.000Z,post,50,-2,1,tj_7,,xfer_1\r\n',
  )
})

it.each([
  ['for “you”, thanks', 'for “you”, thanks', '"for “you”, thanks"'],
  ['quotes', 'a "gift"', '"a ""gift"""'],
  ['lines', 'one\ntwo', '"one\ntwo"'],
  ['a formula', '=HYPERLINK("http://x")', `"'=HYPERLINK(""http://x"")"`],
  ['a minus', '-1', "'-1"],
])('keeps a note with %s harmless', (_, note, written) => {
  expect(
    statementCsv([{ ...item, note }])
      .split('\r\n')
      .slice(1)
      .join('\r\n'),
  ).toContain(`,${written},`)
})
