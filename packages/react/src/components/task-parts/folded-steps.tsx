'use client'

import type { TaskSummary, TaskStep } from '@brandkit/core'
import type { ReactNode } from 'react'
import { useTranslate } from '../../provider/use-translate.js'
import type { Looks } from '../looks.js'
import { StepList } from './step-list.js'

interface FoldedStepsProps {
  task: TaskSummary
  steps: readonly TaskStep[]
  looks: Looks
}

/** The steps of a task, folded until the user asks for them. */
export function FoldedSteps({ task, steps, looks }: FoldedStepsProps): ReactNode {
  const translate = useTranslate()
  const done = steps.filter(({ status }) => status === 'completed').length
  return (
    <details className="brandkit-steps">
      <summary>{translate('row.steps', { done, count: steps.length })}</summary>
      <StepList task={task} steps={steps} looks={looks} />
    </details>
  )
}
