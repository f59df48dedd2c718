import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import type {
  createWebhookBody,
  DeliveryReply,
  ListDeliveriesReply,
  listWebhooksReply,
  updateWebhookBody,
  WebhookReply,
  WebhookWithSecret,
} from '../../../../src/contract/webhooks.ts'
import { api } from '../../api.ts'
import { isBeingSent } from './outcome.ts'

const WEBHOOKS = ['webhooks']
const deliveriesOf = (id: string) => ['webhooks', id, 'deliveries']
/** A delivery that is under way ends within seconds: worth looking again. */
const WATCH_MS = 1500

export const useWebhooks = () =>
  useQuery({
    queryKey: WEBHOOKS,
    queryFn: () => api.get<z.infer<typeof listWebhooksReply>>('/webhooks'),
  })

function useChange<Input, Output>(mutationFn: (input: Input) => Promise<Output>) {
  const cache = useQueryClient()
  return useMutation({ mutationFn, onSuccess: () => cache.invalidateQueries({ queryKey: WEBHOOKS }) })
}

export const useCreateWebhook = () =>
  useChange((body: z.input<typeof createWebhookBody>) => api.post<WebhookWithSecret>('/webhooks', body))

export const useUpdateWebhook = (id: string) =>
  useChange((body: z.input<typeof updateWebhookBody>) => api.patch<WebhookReply>(`/webhooks/${id}`, body))

export const useRotateSecret = (id: string) =>
  useChange(() => api.post<WebhookWithSecret>(`/webhooks/${id}/rotate`))

export const useRemoveWebhook = (id: string) => useChange(() => api.delete<void>(`/webhooks/${id}`))

export const useSendTest = (id: string) => useChange(() => api.post<DeliveryReply>(`/webhooks/${id}/test`))

export const useReplay = (id: string) =>
  useChange((deliveryId: string) =>
    api.post<DeliveryReply>(`/webhooks/${id}/deliveries/${deliveryId}/replay`),
  )

/** Asked for when it is to be seen, and kept nowhere. */
export const useSecret = (id: string) =>
  useMutation({ mutationFn: () => api.get<WebhookWithSecret>(`/webhooks/${id}`) })

export const useDeliveries = (id: string) =>
  useInfiniteQuery({
    queryKey: deliveriesOf(id),
    queryFn: ({ pageParam }) =>
      api.get<ListDeliveriesReply>(
        `/webhooks/${id}/deliveries${pageParam === null ? '' : `?cursor=${encodeURIComponent(pageParam)}`}`,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ items }) => items.some(isBeingSent)) ? WATCH_MS : false,
  })
