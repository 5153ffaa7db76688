import { type BackgroundTask, isTerminal } from '@brandkit/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { operatorService } from '../network/task-service.ts'
import { OPERATIONS } from './use-operations.ts'

/** Stops a task that is under way, or tries again one that failed, whoever owns it. */
export function OperatorActions({ task: { taskId, status, title } }: { task: BackgroundTask }) {
  const queryClient = useQueryClient()
  const act = useMutation({
    mutationFn: () => (isTerminal(status) ? operatorService.retryTask(taskId) : operatorService.cancelTask(taskId)),
    networkMode: 'always',
    onSettled: () => queryClient.invalidateQueries({ queryKey: OPERATIONS }),
  })
  const verb = isTerminal(status) ? 'Try again' : 'Stop'
  return (
    <>
      {act.error && (
        <span role="alert" className="mistake">
          {act.error.message}
        </span>
      )}
      <button
        type="button"
        className="quiet"
        aria-label={`${verb}: ${title}`}
        disabled={act.isPending}
        onClick={() => act.mutate()}
      >
        {verb}
      </button>
    </>
  )
}
