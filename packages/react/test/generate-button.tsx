import type { NewPayload } from '@brandkit/core'
import type { ReactNode } from 'react'
import { useCreateTask } from '../src/hooks/use-create-task.js'

/** A minimal app: a button that creates a task, and the task's state. */
export function GenerateButton({ replaces }: { replaces?: string }): ReactNode {
  const plan = useCreateTask('GENERATE_MEDIA_PLAN')
  return (
    <div>
      <button type="button" onClick={() => plan.mutate({ payload: PAYLOAD, replaces })}>
        Generate
      </button>
      <output data-testid="status">{plan.task?.status ?? plan.data?.status ?? 'none'}</output>
      <output data-testid="error">{plan.error?.code ?? 'none'}</output>
    </div>
  )
}

export const PAYLOAD: NewPayload<'GENERATE_MEDIA_PLAN'> = {
  campaignName: 'Campaign 1',
  objective: 'awareness',
  budget: 1_000,
  startDate: '2027-03-01',
  weeks: 4,
  channels: ['search'],
  audience: 'Young parents',
}
