/** One thing that Earshot needs, as found on this machine. */
export interface Finding {
  name: string
  ok: boolean
  says: string
  /** What to do, where it is not ok. */
  cure?: string
}

/** Looks at the machine: programs, versions, room on the disk. */
export interface Inspector {
  inspect(): Promise<Finding[]>
}
