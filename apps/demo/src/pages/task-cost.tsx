import type { TaskUsage } from '@brandkit/core'
import { formatCost, formatWhole } from '../parts/format-quantity.ts'

/** What the calls of language models have used for a task, over all of its attempts. */
export function TaskCost({ usage }: { usage: readonly TaskUsage[] }) {
  return (
    <section className="card task-cost" aria-label="What it has used">
      <ul>
        {usage.map(({ model = 'A language model', inputTokens, outputTokens, cost, currency }) => (
          <li key={`${model} ${currency}`}>
            <strong>{model}</strong> read {formatWhole(inputTokens)} tokens and wrote {formatWhole(outputTokens)}
            {cost !== undefined && currency !== undefined && `, for ${formatCost(cost, currency)}`}
          </li>
        ))}
      </ul>
      <p className="soft">Over all attempts: what was written for one that failed has been paid, too.</p>
    </section>
  )
}
