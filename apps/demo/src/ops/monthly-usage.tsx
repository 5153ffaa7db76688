import type { BudgetState, UsageAmount, UsageShare, UsageStats } from '@brandkit/core'
import { BRAND_TASK_TYPES } from '@brandkit/core/brand-tasks'
import { formatCost, formatWhole, formatDay } from '../parts/format-quantity.ts'
import { ResultCard, ScrollRegion } from '../parts/result-parts.tsx'
import { sectionOf } from '../sections/sections.ts'

const USERS_SHOWN = 5

/** What language models have used this month, by type, model and person, and what is left of the budgets. */
export function MonthlyUsage({ usage, nameOf }: { usage: UsageStats; nameOf: (userId: string) => string }) {
  const { endsAt, total, types, models, users, budgets } = usage
  const groups = [
    { title: 'By type', shares: types, toName: nameOfType },
    { title: 'By model', shares: models, toName: (model: string) => model || 'Without a name' },
    { title: 'Who used most', shares: users.slice(0, USERS_SHOWN), toName: nameOf },
  ]
  return (
    <ResultCard
      title="This month"
      hint={`What language models have used. Budgets renew on ${formatDay(endsAt.slice(0, 10))}.`}
    >
      {total.length === 0 ? (
        <p className="soft">Nothing so far. Without a language model everything is computed, which uses none.</p>
      ) : (
        <ScrollRegion label="Usage of this month">
          <table className="month-usage">
            <thead>
              <tr>
                <th scope="col">Altogether</th>
                <th scope="col">Read</th>
                <th scope="col">Written</th>
                <th scope="col">Cost</th>
              </tr>
            </thead>
            <tbody>
              {total.map((amount) => (
                <UsageRow key={amount.currency ?? ''} name="All tasks" amount={amount} />
              ))}
            </tbody>
            {groups.map(({ title, shares, toName }) => (
              <UsageGroup key={title} title={title} shares={shares} toName={toName} />
            ))}
          </table>
        </ScrollRegion>
      )}
      <ul className="budgets" aria-label="What is left of the budgets">
        {budgets.map((budget) => (
          <BudgetLine key={`${budget.of} ${budget.id}`} budget={budget} nameOf={nameOf} />
        ))}
      </ul>
    </ResultCard>
  )
}

function nameOfType(type: string): string {
  const known = BRAND_TASK_TYPES.find((name) => name === type)
  return known ? sectionOf(known).name : type
}

function UsageGroup({
  title,
  shares,
  toName,
}: {
  title: string
  shares: readonly UsageShare[]
  toName: (id: string) => string
}) {
  return (
    <tbody>
      <tr>
        <th scope="rowgroup" colSpan={4}>
          {title}
        </th>
      </tr>
      {shares.map((share) => (
        <UsageRow key={`${share.id} ${share.currency}`} name={toName(share.id)} amount={share} />
      ))}
    </tbody>
  )
}

function UsageRow({
  name,
  amount: { inputTokens, outputTokens, cost, currency },
}: {
  name: string
  amount: UsageAmount
}) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{formatWhole(inputTokens)}</td>
      <td>{formatWhole(outputTokens)}</td>
      <td>{cost === undefined || currency === undefined ? 'not known' : formatCost(cost, currency)}</td>
    </tr>
  )
}

function BudgetLine({ budget, nameOf }: { budget: BudgetState; nameOf: (userId: string) => string }) {
  const { of, id, cost, currency, tokens, left } = budget
  const parts = [
    cost !== undefined &&
      currency !== undefined &&
      `${formatCost(left.cost ?? 0, currency)} of ${formatCost(cost, currency)}`,
    tokens !== undefined && `${formatWhole(left.tokens ?? 0)} of ${formatWhole(tokens)} tokens`,
  ].filter((part) => part !== false)
  const names = { user: nameOf(id), brand: `The brand ${id}`, tenant: 'The company' }
  return (
    <li data-bad={left.cost === 0 || left.tokens === 0 ? '' : undefined}>
      <strong>{names[of]}</strong> has {parts.join(' and ')} left.
    </li>
  )
}
