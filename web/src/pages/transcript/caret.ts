/** Where the caret goes: into a segment, behind so many characters; to `to`, where a stretch is selected. */
export interface Caret {
  key: number
  offset: number
  to?: number
}
