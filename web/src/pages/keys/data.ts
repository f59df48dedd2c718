import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import type {
  CreateKeyReply,
  createKeyBody,
  KeyReply,
  ListKeysReply,
} from '../../../../src/contract/account.ts'
import { api } from '../../api.ts'

const KEYS = ['api-keys']

export const useKeys = () => useQuery({ queryKey: KEYS, queryFn: () => api.get<ListKeysReply>('/api-keys') })

export type NewKey = z.input<typeof createKeyBody>

export function useCreateKey() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (key: NewKey) => api.post<CreateKeyReply>('/api-keys', key),
    onSuccess: () => cache.invalidateQueries({ queryKey: KEYS }),
  })
}

export function useRevokeKey() {
  const cache = useQueryClient()
  return async (id: string): Promise<void> => {
    await api.delete<KeyReply>(`/api-keys/${id}`)
    await cache.invalidateQueries({ queryKey: KEYS })
  }
}
