'use client'

import type { TaskSummary } from '@brandkit/core'
import type { ReactNode } from 'react'
import { useTranslate } from '../../provider/use-translate.js'
import { useCopy } from '../use-copy.js'
import { EditAction } from '../edit-action.js'
import { useFailureText } from '../use-failure-text.js'

/** Why a task failed, what the user can do, and the trace id that lets support find the task in the logs. */
export function TaskFailure({ task, title }: { task: TaskSummary; title: string }): ReactNode {
  const { cause, advice } = useFailureText(task)
  return (
    <div className="brandkit-failure">
      <p className="brandkit-failure-cause">
        <bdi>{cause}</bdi>
      </p>
      {advice && <p className="brandkit-failure-next">{advice}</p>}
      <div className="brandkit-failure-action">
        <EditAction task={task} title={title} />
      </div>
      <TraceId traceId={task.traceId} />
    </div>
  )
}

/** The id by which support finds a task in the logs, to be copied. */
export function TraceId({ traceId }: { traceId: string }) {
  const translate = useTranslate()
  const { isCopied, copy } = useCopy(traceId)
  return (
    <p className="brandkit-trace">
      <span>{translate('failure.traceId')}</span> <code dir="ltr">{traceId}</code>
      <button
        type="button"
        className="brandkit-button"
        aria-label={isCopied ? undefined : translate('failure.copyTraceId')}
        data-copied={isCopied || undefined}
        onClick={copy}
      >
        {translate(isCopied ? 'failure.copied' : 'failure.copy')}
      </button>
    </p>
  )
}
