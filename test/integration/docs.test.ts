import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { describe, expect, it } from 'vitest'
import { pages } from '../../scripts/docs.ts'

describe('the pages that are made from the code are those of the code (npm run docs)', () => {
  for (const [path, text] of Object.entries(pages()))
    it(basename(path), () => {
      expect(readFileSync(path, 'utf8')).toBe(text)
    })
})
