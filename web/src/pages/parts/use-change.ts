import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query'

/** Changes something on the server; what shows it is asked for again. */
export function useChange<Input, Output>(changed: QueryKey[], mutationFn: (input: Input) => Promise<Output>) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn,
    // Also after an error: somebody else may have changed what it was about.
    onSettled: () => Promise.all(changed.map((queryKey) => cache.invalidateQueries({ queryKey }))),
  })
}
