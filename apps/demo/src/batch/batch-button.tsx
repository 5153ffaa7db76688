import type { Person } from '../session/session-api.ts'
import { Icon } from '../shell/icon.tsx'
import { navigate } from '../shell/navigate.ts'
import { useCreateBatch } from './use-create-batch.ts'

/** "All ten for this brand", as one action that ends on the page of their joint progress. */
export function BatchButton({ user }: { user: Person }) {
  const create = useCreateBatch(user)
  return (
    <div className="batch-button">
      <button
        type="button"
        className="button"
        disabled={create.isPending}
        onClick={() => create.mutate(undefined, { onSuccess: (batchId) => navigate(`/batch/${batchId}`) })}
      >
        <Icon name="layers" />
        {create.isPending ? 'Sending…' : `All ten for ${user.brandName}`}
      </button>
      {create.error && (
        <p role="alert" className="problem">
          {create.error.message}
        </p>
      )}
    </div>
  )
}
