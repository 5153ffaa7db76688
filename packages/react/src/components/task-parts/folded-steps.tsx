'use client'

import type { TaskSummary, TaskStep } from '@brandkit/core'
import type { ReactNode } from 'react'
import { useTranslate } from '../../provider/use-translate.js'
import { ItemCount } from './item-count.js'

interface FoldedStepsProps {
  task: TaskSummary
  steps: readonly TaskStep[]
}

/** The steps of a task, folded until the user asks for them. */
export function FoldedSteps({ task, steps }: FoldedStepsProps): ReactNode {
  const translate = useTranslate()
  const done = steps.filter(({ status }) => status === 'completed').length
  return (
    <details className="brandkit-steps">
      <summary>{translate('row.steps', { done, count: steps.length })}</summary>
      <ol>
        {steps.map(({ key, status, items }) => (
          <li key={key} data-status={status}>
            <bdi>{translate.step(task, key)}</bdi> <ItemCount items={items} />{' '}
            <span className="brandkit-hidden">({translate(`step.${status}`)})</span>
          </li>
        ))}
      </ol>
    </details>
  )
}
