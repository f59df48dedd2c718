/** What a table has whose rows are claimed. */
export interface LeaseColumns {
  lease_token: string | null
  lease_until: number | null
}
