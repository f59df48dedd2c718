import { useMutation } from '@tanstack/react-query'
import { createTranscription, renewTranscriptions } from './data.ts'
import type { Wishes } from './wishes.ts'

export interface RefusedLink {
  link: string
  why: string
}

interface Order {
  links: readonly string[]
  unclear: readonly string[]
  wishes: Wishes
}

/** Orders each link by itself. Those that the server refuses stay in the field, with its reason. */
export function useOrderLinks(keep: (text: string) => void) {
  return useMutation({
    mutationFn: async ({ links, unclear, wishes }: Order): Promise<RefusedLink[]> => {
      const refused: RefusedLink[] = []
      for (const url of links)
        await createTranscription({ url, ...wishes }).catch((why: unknown) =>
          refused.push({ link: url, why: why instanceof Error ? why.message : String(why) }),
        )
      keep([...refused.map(({ link }) => link), ...unclear].join('\n'))
      return refused
    },
    onSettled: renewTranscriptions,
  })
}
