import { type CreateTask, createTraceId, type TaskError } from '@brandkit/core'
import { useTaskContext } from '@brandkit/react'
import { useMutation, type UseMutationResult } from '@tanstack/react-query'
import { brandProfile } from '../brands/brand-profile.ts'
import { log } from '../log.ts'
import { SECTIONS } from '../sections/sections.ts'
import type { Person } from '../session/session-api.ts'

/** Asks for one of each type, all for the user's brand, in one request. Resolves with the batch's id. */
export function useCreateBatch({ brandId }: Person): UseMutationResult<string, TaskError, void> {
  const { service } = useTaskContext()
  return useMutation({
    async mutationFn() {
      const traceId = createTraceId()
      log.scope('BackgroundTask').info('handleGenerateEverything called', { traceId })
      const brand = brandProfile(brandId)
      const today = new Date()
      const inputs = SECTIONS.map(
        (section) => ({ type: section.type, brandId, payload: section.example(brand, today) }) as CreateTask,
      )
      const { batchId } = await service.createBackgroundTasks(inputs, { traceId })
      return batchId
    },
    networkMode: 'always',
  })
}
