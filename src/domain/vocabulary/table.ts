/** What is kept for each account; see `apply.ts`. */
export interface VocabularyRow {
  account_id: string
  /** JSON of `string[]`. */
  keywords: string
  /** JSON of `Replacement[]`. */
  replacements: string
  updated_at: number
}
