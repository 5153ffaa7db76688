'use client'

import type { TaskSummary } from '@brandkit/core'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslate } from '../../provider/use-translate.js'
import { useTaskContext } from '../../provider/use-task-context.js'
import { useFailureText } from '../use-failure-text.js'

/** Why a task failed, what the user can do, and the trace id that lets support find the task in the logs. */
export function TaskFailure({ task }: { task: TaskSummary }): ReactNode {
  const { cause, advice } = useFailureText(task)
  return (
    <div className="brandkit-failure">
      <p className="brandkit-failure-cause">
        <bdi>{cause}</bdi>
      </p>
      {advice && <p className="brandkit-failure-next">{advice}</p>}
      <TraceId traceId={task.traceId} />
    </div>
  )
}

function TraceId({ traceId }: { traceId: string }) {
  const translate = useTranslate()
  const { announcer } = useTaskContext()
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return undefined
    announcer.say({ urgency: 'polite', text: translate('failure.copied') })
    const timer = setTimeout(() => setCopied(false), 2_000)
    return () => clearTimeout(timer)
  }, [copied, announcer, translate])

  const copy = () => {
    // Pages on plain http have no clipboard; users can still select the id by hand.
    navigator.clipboard?.writeText(traceId).then(
      () => setCopied(true),
      () => setCopied(false),
    )
  }
  return (
    <p className="brandkit-trace">
      <span>{translate('failure.traceId')}</span> <code dir="ltr">{traceId}</code>
      <button
        type="button"
        className="brandkit-button"
        aria-label={copied ? undefined : translate('failure.copyTraceId')}
        data-copied={copied || undefined}
        onClick={copy}
      >
        {translate(copied ? 'failure.copied' : 'failure.copy')}
      </button>
    </p>
  )
}
