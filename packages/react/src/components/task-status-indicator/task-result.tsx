'use client'

import type { BackgroundTask } from '@brandkit/core'
import type { ReactNode } from 'react'
import { useTranslate } from '../../provider/use-translate.js'
import type { Looks } from '../looks.js'

interface TaskResultProps {
  task: BackgroundTask
  renderResult: Looks['renderResult']
}

/** The app's rendering of a result or of a partial result. */
export function TaskResult({ task, renderResult }: TaskResultProps): ReactNode {
  const translate = useTranslate()
  const isPartial = task.status !== 'completed'
  if (isPartial && task.partialResult === undefined) return null

  const result = renderResult?.(task)
  if (!result) return null
  return (
    <div className="brandkit-result">
      {isPartial && <p className="brandkit-result-label">{translate('row.partial')}</p>}
      {result}
    </div>
  )
}
