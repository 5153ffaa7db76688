'use client'

import type { TaskStep, TaskSummary } from '@brandkit/core'
import type { ReactNode } from 'react'
import { useNow } from '../../provider/use-now.js'
import { useTranslate } from '../../provider/use-translate.js'
import { classOf, inStepSlot, type Looks } from '../looks.js'
import { ItemCount } from './item-count.js'

interface StepListProps {
  task: TaskSummary
  steps: readonly TaskStep[]
  looks: Looks
  /** Names the list, unless the text before it does. */
  label?: string | undefined
}

/** The steps of a task in their order: what each does, how many of its items are done, and how long it took. */
export function StepList({ task, steps, looks, label }: StepListProps): ReactNode {
  return (
    <ol className="brandkit-step-list" aria-label={label}>
      {steps.map((step) => (
        <li
          key={step.key}
          className={classOf(looks, 'step')}
          data-status={step.status}
          data-step={step.key}
          aria-current={step.status === 'running' ? 'step' : undefined}
        >
          {inStepSlot(looks, { task, step }, <StepContent task={task} step={step} />)}
        </li>
      ))}
    </ol>
  )
}

function StepContent({ task, step }: { task: TaskSummary; step: TaskStep }) {
  const translate = useTranslate()
  return (
    <>
      <bdi className="brandkit-step-title">{translate.step(task, step.key)}</bdi> <ItemCount items={step.items} />{' '}
      <span className="brandkit-hidden">({translate(`step.${step.status}`)})</span> <StepTime step={step} />
    </>
  )
}

/** How long a step took, or has been running. */
function StepTime({ step: { status, startedAt, completedAt } }: { step: TaskStep }) {
  if (!startedAt) return null
  if (completedAt) return <Duration ms={completedAt.getTime() - startedAt.getTime()} />
  return status === 'running' ? <Elapsed since={startedAt} /> : null
}

function Elapsed({ since }: { since: Date }) {
  const now = useNow()
  return now === null ? null : <Duration ms={now - since.getTime()} />
}

function Duration({ ms }: { ms: number }) {
  const translate = useTranslate()
  // "0s" would look like a mistake.
  return <span className="brandkit-time">{translate.duration(Math.max(1_000, ms))}</span>
}
