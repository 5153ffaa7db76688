import { createTraceId, isTaskError, type NewPayload } from '@brandkit/core'
import { useCreateTask } from '@brandkit/react'
import { useCallback, useState } from 'react'
import { log } from '../log.ts'
import { type Mistakes, toMistakes } from './find-mistakes.ts'

/** What the server had against a plan: sentences at fields, or one for the whole form. */
export interface Refusal {
  mistakes: Mistakes
  sentence?: string
}

/** Asks for media plans to be made in the background. */
export function useMediaPlanManagement() {
  const { mutateAsync, isPending } = useCreateTask('GENERATE_MEDIA_PLAN')
  const [refusal, setRefusal] = useState<Refusal | null>(null)

  /** Hands the work over and returns at once. `true` when the server has taken it on. */
  const handleGenerateMediaPlanGroup = useCallback(
    async (payload: NewPayload<'GENERATE_MEDIA_PLAN'>): Promise<boolean> => {
      // Made here, at the click, so that this line and everything that follows from it can be found together.
      const traceId = createTraceId()
      log.scope('BackgroundTask').info('handleGenerateMediaPlanGroup called', { traceId })
      setRefusal(null)
      try {
        await mutateAsync({ payload, traceId })
        return true
      } catch (error) {
        setRefusal(toRefusal(error))
        return false
      }
    },
    [mutateAsync],
  )

  const forgetRefusal = useCallback(() => setRefusal(null), [])
  return { handleGenerateMediaPlanGroup, isPending, refusal, forgetRefusal }
}

function toRefusal(error: unknown): Refusal {
  if (!isTaskError(error)) return { mistakes: {}, sentence: 'Something went wrong. Try again in a moment.' }
  const mistakes = toMistakes(error.issues ?? [])
  if (mistakes) return { mistakes }
  return { mistakes: {}, sentence: error.traceId ? `${error.message} (trace ${error.traceId})` : error.message }
}
