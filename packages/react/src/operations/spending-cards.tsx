'use client'

import type { BudgetState, UsageAmount, UsageStats } from '@brandkit/core'
import { Fragment, type ReactNode } from 'react'
import { useOperations } from './operations-context.js'
import { Card } from './side-cards.js'
import { Share } from './throughput-chart.js'

const SHARES_SHOWN = 5

/** What is left of the budgets, the smallest rest first. */
export function Budgets({ budgets, endsAt }: Pick<UsageStats, 'budgets' | 'endsAt'>): ReactNode {
  const { text } = useOperations()
  if (budgets.length === 0) return null
  const sorted = budgets.toSorted((one, other) => leftOf(one) - leftOf(other))
  return (
    <Card title={text('budget.title')} hint={text('usage.hint', { time: text.moment(new Date(endsAt)) })}>
      <ul className="brandkit-budgets">
        {sorted.map((budget) => (
          <BudgetLine key={`${budget.of} ${budget.id}`} budget={budget} />
        ))}
      </ul>
    </Card>
  )
}

function BudgetLine({ budget }: { budget: BudgetState }): ReactNode {
  const { text, nameOf } = useOperations()
  const { of, id, cost, currency, tokens, left } = budget
  const rest = [
    ...(cost !== undefined && currency !== undefined
      ? [text('budget.cost', { left: text.money(left.cost ?? 0, currency), all: text.money(cost, currency) })]
      : []),
    ...(tokens !== undefined ? [text('budget.tokens', { left: left.tokens ?? 0, all: tokens })] : []),
  ]
  const spent = 100 - leftOf(budget)
  const isSpent = spent >= 100
  return (
    <li data-bad={isSpent ? '' : undefined}>
      <span>{text(`budget.${of}`, { name: of === 'user' ? nameOf(id) : id })}</span>
      <span>{isSpent ? text('budget.spent') : rest.join(' · ')}</span>
      <Share of={spent} isBad={spent >= 90} />
    </li>
  )
}

/** What is left of a budget, in percent: of the one of its two limits that ends first. */
function leftOf({ cost, tokens, left }: BudgetState): number {
  const parts = [
    ...(cost === undefined ? [] : [cost === 0 ? 0 : (100 * (left.cost ?? 0)) / cost]),
    ...(tokens === undefined ? [] : [tokens === 0 ? 0 : (100 * (left.tokens ?? 0)) / tokens]),
  ]
  return Math.min(100, ...parts)
}

/** What models have used this month, by type, model and user. */
export function Usage({ usage }: { usage: UsageStats }): ReactNode {
  const { text, nameOf } = useOperations()
  const { month, total, types, models, users } = usage
  const groups = [
    { title: text('usage.types'), shares: types, toName: text.type },
    { title: text('usage.models'), shares: models, toName: (model: string) => model || text('usage.unnamed') },
    { title: text('usage.users'), shares: users, toName: nameOf },
  ]
  return (
    <Card
      title={text('usage.title', { month: text.month(month) })}
      hint={total.length === 0 ? text('usage.none') : undefined}
    >
      {total.length > 0 && (
        <table>
          <thead>
            <tr>
              <th scope="col">{text('usage.name')}</th>
              <th scope="col">{text('usage.tokens')}</th>
              <th scope="col">{text('usage.cost')}</th>
            </tr>
          </thead>
          <tbody>
            {total.map((amount) => (
              <UsageRow key={amount.currency ?? ''} name={text('usage.total')} amount={amount} />
            ))}
          </tbody>
          {groups.map(({ title, shares, toName }) => (
            <Fragment key={title}>
              <tbody>
                <tr>
                  <th scope="rowgroup" colSpan={3}>
                    {title}
                  </th>
                </tr>
                {shares.slice(0, SHARES_SHOWN).map((share) => (
                  <UsageRow key={`${share.id} ${share.currency}`} name={toName(share.id)} amount={share} />
                ))}
              </tbody>
            </Fragment>
          ))}
        </table>
      )}
    </Card>
  )
}

function UsageRow({ name, amount }: { name: string; amount: UsageAmount }): ReactNode {
  const { text } = useOperations()
  const { inputTokens, outputTokens, cost, currency } = amount
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{text.number(inputTokens + outputTokens)}</td>
      <td>{cost === undefined || currency === undefined ? text('usage.unknown') : text.money(cost, currency)}</td>
    </tr>
  )
}
