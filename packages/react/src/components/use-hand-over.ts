'use client'

import { type BackgroundTask, hasContent, type TaskJson } from '@brandkit/core'
import { useTaskMutation } from '../hooks/use-task-mutation.js'
import { useTaskContext } from '../provider/use-task-context.js'
import { useTranslate } from '../provider/use-translate.js'
import { taskQuery } from '../queries/task-query.js'
import { toAppTask } from '../queries/to-app-task.js'

export interface HandOverOptions {
  /** `open` hands over the result, `edit` the payload. */
  action: 'open' | 'edit'
  taskId: string
  /** Gets the whole task. */
  onRead: (task: BackgroundTask) => void
  /** Called after `onRead`. */
  onDone?: (() => void) | undefined
}

interface HandOver {
  begin: () => void
  isReading: boolean
  /** Why the last read has failed; it was announced as well. */
  problem: string | undefined
}

/** Hands a whole task over to the app. A task that the page knows only from a list or a stream is read before. */
export function useHandOver({ action, taskId, onRead, onDone }: HandOverOptions): HandOver {
  const translate = useTranslate()
  const { announcer, service, session, userId, queryClient } = useTaskContext()
  const isWhole = (task: TaskJson) => action === 'open' || task.payload !== undefined
  const read = async () => queryClient.fetchQuery({ ...taskQuery({ service, userId }, taskId), staleTime: 0 })
  const reading = useTaskMutation<TaskJson, void>(async () => {
    const task = await read()
    // A read that shares its request with others comes without the payload. A second one is alone.
    return isWhole(task) ? task : read()
  })
  const problem = translate(`failure.${action}`)

  const handOver = (task: TaskJson) => {
    onRead(toAppTask(task))
    onDone?.()
  }
  const begin = () => {
    const known = session.cache.find(taskId)
    if (known && hasContent(known) && isWhole(known)) handOver(known)
    else if (!reading.isPending)
      reading.mutate(undefined, {
        onSuccess: handOver,
        onError: () => announcer.say({ urgency: 'assertive', text: problem }),
      })
  }
  return { begin, isReading: reading.isPending, problem: reading.isError ? problem : undefined }
}
