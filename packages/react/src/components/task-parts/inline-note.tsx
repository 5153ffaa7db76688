'use client'

import type { TaskError } from '@brandkit/core'
import type { ReactNode } from 'react'
import { useTaskContext } from '../../provider/use-task-context.js'
import { usePageTranslate } from '../../provider/use-page-translate.js'
import { Skeleton } from './skeleton.js'

interface InlineNoteProps {
  error: TaskError | null
  /** How many lines of the loaded part the placeholder stands for. */
  lines: number
}

/** What stands in place of a task that is being read, or that could not be read. */
export function InlineNote({ error, lines }: InlineNoteProps): ReactNode {
  const translate = usePageTranslate()
  const { texts } = useTaskContext()
  if (!error) return <Skeleton lines={lines} />
  const isGone = error.code === 'task_not_found' || error.code === 'task_gone'
  return (
    <p className="brandkit-inline brandkit-inline-note" lang={texts.lang}>
      {translate(isGone ? 'inline.gone' : 'inline.unread')}
    </p>
  )
}
