import { useTaskContext } from '@brandkit/react'
import { useQuery } from '@tanstack/react-query'
import { taskService } from '../network/task-service.ts'
import { formatCost, formatWhole } from '../parts/format-quantity.ts'

/** What the user's own tasks have used of language models this month. Shows nothing while everything was computed. */
export function MyMonth() {
  const { userId } = useTaskContext()
  const { data } = useQuery({
    queryKey: ['studio', 'my-month', userId],
    queryFn: ({ signal }) => taskService.getUsage({}, { signal }),
    networkMode: 'always',
  })
  if (!data || data.used.length === 0) return null
  const { tokens, left } = data.budget ?? {}
  return (
    <p className="soft">
      {data.used.map(({ inputTokens, outputTokens, cost, currency }) => (
        <span key={currency ?? ''}>
          Language models have read {formatWhole(inputTokens)} tokens for you this month and written{' '}
          {formatWhole(outputTokens)}
          {cost !== undefined && currency !== undefined && `, for ${formatCost(cost, currency)}`}.{' '}
        </span>
      ))}
      {tokens !== undefined && `You have ${formatWhole(left?.tokens ?? 0)} of ${formatWhole(tokens)} tokens left.`}
    </p>
  )
}
