/** One thing that Earshot needs, as found on this machine. */
export interface Finding {
  name: string
  ok: boolean
  says: string
  /** What to do, where it is not ok. */
  cure?: string
  /** By which a page in another language finds its own words for each; what is the same in every language has none. */
  codes?: FindingCodes
  /** What its own words are about: versions, paths, numbers. */
  values?: Record<string, string | number>
}

export interface FindingCodes {
  name?: string
  says?: string
  cure?: string
}

/** Looks at the machine: programs, versions, room on the disk. */
export interface Inspector {
  inspect(): Promise<Finding[]>
}
