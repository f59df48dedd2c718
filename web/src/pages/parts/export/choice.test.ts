import { expect, it } from 'vitest'
import { has, queryOf } from './choice.ts'

it('asks only for what the format has and somebody chose', () => {
  expect(queryOf({ format: 'srt' })).toBe('')
  expect(queryOf({ format: 'srt', lineLength: 32, lines: 1, speakers: false, fps: '24', times: true })).toBe(
    '?lineLength=32&lines=1&speakers=false',
  )
  expect(queryOf({ format: 'docx', lineLength: 32, times: false })).toBe('?times=false')
  expect(queryOf({ format: 'edl', fps: '29.97', lines: 1 })).toBe('?fps=29.97')
  expect(queryOf({ format: 'json', speakers: false })).toBe('')
  expect(has({ format: 'txt' }, 'times')).toBe(true)
  expect(has({ format: 'csv' }, 'times')).toBe(false)
})
