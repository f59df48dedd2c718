/** Limits of batches and subscriptions, for the page as well, which has no use for their schemas. */

/** Items of a batch. */
export const MOST_ITEMS = 10_000
/** What a list is read for at most, unless more is asked for. */
export const USUAL_LIMIT = 100
export const MOST_LISTED = 1000
/** Entries of a subscription that start after one look. */
export const MOST_AT_ONCE = 100
