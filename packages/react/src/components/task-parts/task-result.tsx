'use client'

import type { ReactNode } from 'react'
import { useTask } from '../../hooks/use-task.js'
import { useTranslate } from '../../provider/use-translate.js'
import type { Looks } from '../looks.js'

interface TaskResultProps {
  taskId: string
  renderResult: NonNullable<Looks['renderResult']>
}

/** The app's rendering of a result or of a partial result. */
export function TaskResult({ taskId, renderResult }: TaskResultProps): ReactNode {
  const translate = useTranslate()
  const { data: task } = useTask(taskId)
  if (!task) return null

  const isPartial = task.status !== 'completed'
  if (isPartial && task.partialResult === undefined) return null

  const result = renderResult(task)
  if (!result) return null
  return (
    <div className="brandkit-result">
      {isPartial && <p className="brandkit-result-label">{translate('row.partial')}</p>}
      {result}
    </div>
  )
}
