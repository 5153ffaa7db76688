import { createTraceId, type NewPayload } from '@brandkit/core'
import type { BrandTaskType } from '@brandkit/core/brand-tasks'
import { useCreateTask } from '@brandkit/react'
import { useCallback, useState } from 'react'
import { type Refusal, toRefusal } from '../form/find-mistakes.ts'
import { log } from '../network/task-service.ts'

interface AboutTask {
  tags: readonly string[]
  /** The task that went wrong, whose place the new one takes. */
  replaces?: string | undefined
}

/** The state of a section's request for work. */
export interface Generation {
  /** Creates the task in the background, or keeps it until there is a network; resolves to whether it was taken. */
  generate: (payload: Record<string, unknown>, about: AboutTask) => Promise<boolean>
  isPending: boolean
  refusal: Refusal | null
  forgetRefusal: () => void
}

/**
 * Creates tasks of a type in the background.
 *
 * @param handler the log's name for the click, so that people can find its trace
 */
export function useGeneration(type: BrandTaskType, handler: string): Generation {
  const { mutateAsync, isPending } = useCreateTask(type)
  const [refusal, setRefusal] = useState<Refusal | null>(null)

  const generate = useCallback(
    async (payload: Record<string, unknown>, { tags, replaces }: AboutTask): Promise<boolean> => {
      // Made at the click, so that all later log lines of this task share the id with this line.
      const traceId = createTraceId()
      log.scope('BackgroundTask').info(`${handler} called`, { traceId })
      setRefusal(null)
      try {
        // The form has checked the payload against the schema of the type.
        await mutateAsync({ payload: payload as NewPayload<typeof type>, tags, replaces, traceId })
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

/** Asks for media plans to be made in the background: `[BackgroundTask] handleGenerateMediaPlanGroup called`. */
export function useMediaPlanManagement(): Omit<Generation, 'generate'> & {
  handleGenerateMediaPlanGroup: Generation['generate']
} {
  const { generate, ...rest } = useGeneration('GENERATE_MEDIA_PLAN', 'handleGenerateMediaPlanGroup')
  return { handleGenerateMediaPlanGroup: generate, ...rest }
}
