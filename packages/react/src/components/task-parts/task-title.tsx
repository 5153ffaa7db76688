'use client'

import type { TaskSummary } from '@brandkit/core'
import type { MouseEvent, ReactNode } from 'react'
import { inSlot, type Looks, partProps, type PartState } from '../looks.js'
import { useHandOver } from '../use-hand-over.js'

interface TaskTitleProps {
  task: TaskSummary
  title: string
  state: PartState
  looks: Looks
}

/** The title of a task. It leads to the task where the app has a place for it, or to the result of a completed one. */
export function TaskTitle({ task, title, state, looks }: TaskTitleProps): ReactNode {
  return (
    <p {...partProps(looks, 'title', state)} title={title}>
      <TitleControl task={task} looks={looks}>
        <span className="brandkit-title-text">{inSlot(looks, 'title', task, <bdi>{title}</bdi>)}</span>
      </TitleControl>
    </p>
  )
}

interface TitleControlProps {
  task: TaskSummary
  looks: Looks
  children: ReactNode
}

/** A link if the app has an address, so that it opens in another tab, too. */
function TitleControl({ task, looks: { getHref, onOpenTask, onOpenResult }, children }: TitleControlProps) {
  const href = getHref?.(task)
  if (href !== undefined) {
    const follow = (event: MouseEvent) => {
      if (!onOpenTask || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
      event.preventDefault()
      onOpenTask(task)
    }
    return (
      <a className="brandkit-title-control" href={href} onClick={follow}>
        {children}
      </a>
    )
  }
  if (onOpenTask)
    return (
      <button type="button" className="brandkit-title-control" onClick={() => onOpenTask(task)}>
        {children}
      </button>
    )
  if (!onOpenResult || task.status !== 'completed') return children
  return (
    <ResultTitle taskId={task.taskId} onOpenResult={onOpenResult}>
      {children}
    </ResultTitle>
  )
}

interface ResultTitleProps {
  taskId: string
  onOpenResult: NonNullable<Looks['onOpenResult']>
  children: ReactNode
}

function ResultTitle({ taskId, onOpenResult, children }: ResultTitleProps) {
  const { begin, isReading, problem } = useHandOver({ action: 'open', taskId, onRead: onOpenResult })
  return (
    <>
      <button type="button" className="brandkit-title-control" aria-disabled={isReading} onClick={begin}>
        {children}
      </button>
      {problem && <span className="brandkit-cause">{problem}</span>}
    </>
  )
}
