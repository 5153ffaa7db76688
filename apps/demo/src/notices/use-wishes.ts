import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { network } from '../network/network.ts'

/** How the studio can tell the signed-in person of ended tasks, and what the person has asked for. */
export interface Wishes {
  /** Null when the studio has no mail server. */
  mail: { address: string; isOn: boolean } | null
  /** The public key for Web Push; null when the studio has none. */
  pushKey: string | null
}

export type WishChange = { mail: boolean } | { subscribe: PushSubscriptionJSON } | { unsubscribe: string | undefined }

const URL = '/api/demo/wishes'
const WISHES = ['studio', 'wishes'] as const

export function useWishes() {
  return useQuery({ queryKey: WISHES, queryFn: () => askWishes(), networkMode: 'always', retry: false })
}

export function useChangeWishes() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (change: WishChange) => askWishes(change),
    networkMode: 'always',
    onSuccess: (wishes) => queryClient.setQueryData(WISHES, wishes),
  })
}

async function askWishes(change?: WishChange): Promise<Wishes> {
  const response = await network.fetch(URL, {
    ...(change && {
      method: 'POST',
      body: JSON.stringify(change),
      headers: { 'content-type': 'application/json' },
    }),
  })
  if (!response.ok) throw new Error('The studio could not keep this. Try again in a moment.')
  return (await response.json()) as Wishes
}
