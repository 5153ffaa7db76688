import { createTraceId, type NewPayload } from '@brandkit/core'
import type { BrandTaskType } from '@brandkit/core/brand-tasks'
import { useCreateTask } from '@brandkit/react'
import { useCallback, useState } from 'react'
import { type Refusal, toRefusal } from '../form/find-mistakes.ts'
import { log } from '../network/task-service.ts'

/** How a section asks for work, and what became of the asking. */
export interface Generation {
  /** Hands the work over and returns at once. `true` when the server has taken it on. */
  generate: (payload: Record<string, unknown>) => Promise<boolean>
  isPending: boolean
  refusal: Refusal | null
  forgetRefusal: () => void
}

/**
 * Asks for tasks of a type to be done in the background.
 *
 * @param handler what the log calls the click, so that a trace can be found by it
 */
export function useGeneration(type: BrandTaskType, handler: string): Generation {
  const { mutateAsync, isPending } = useCreateTask(type)
  const [refusal, setRefusal] = useState<Refusal | null>(null)

  const generate = useCallback(
    async (payload: Record<string, unknown>): Promise<boolean> => {
      // Made here, at the click, so that this line and everything that follows from it can be found together.
      const traceId = createTraceId()
      log.scope('BackgroundTask').info(`${handler} called`, { traceId })
      setRefusal(null)
      try {
        // The form has checked it against the schema of the type.
        await mutateAsync({ payload: payload as NewPayload<typeof type>, traceId })
        return true
      } catch (error) {
        setRefusal(toRefusal(error))
        return false
      }
    },
    [mutateAsync, handler],
  )

  const forgetRefusal = useCallback(() => setRefusal(null), [])
  return { generate, isPending, refusal, forgetRefusal }
}
