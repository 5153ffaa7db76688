'use client'

import { actOnAll, countAll } from '@brandkit/client/page'
import type { MatchingCount, MatchingProgress } from '@brandkit/client'
import type { TaskConditions, TaskError } from '@brandkit/core'
import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { type OperationsFilter, toActionFilter } from './operations-filter.js'
import { useOperations } from './operations-context.js'
import { useReadAgain } from './use-act.js'

type BulkAction = 'retry' | 'cancel'

/** Retries or cancels all tasks that fit the filter, after a count. */
export function BulkActions({ filter }: { filter: OperationsFilter }): ReactNode {
  const { text, now } = useOperations()
  const [asked, setAsked] = useState<{ action: BulkAction; conditions: TaskConditions } | null>(null)
  return (
    <div className="brandkit-operations-bulk">
      {(['retry', 'cancel'] as const).map((action) => {
        const canAct = toActionFilter(filter, action, 0) !== null
        return (
          <button
            key={action}
            type="button"
            className="brandkit-button"
            disabled={!canAct}
            onClick={() => {
              const conditions = toActionFilter(filter, action, now())
              if (conditions) setAsked({ action, conditions })
            }}
          >
            {text(`bulk.${action}`)}
          </button>
        )
      })}
      {asked && <BulkDialog {...asked} onClose={() => setAsked(null)} />}
    </div>
  )
}

interface BulkDialogProps {
  action: BulkAction
  conditions: TaskConditions
  onClose: () => void
}

const ASK = { retry: 'bulk.askRetry', cancel: 'bulk.askCancel' } as const
const DO = { retry: 'bulk.doRetry', cancel: 'bulk.doCancel' } as const
const DONE = { retry: 'bulk.doneRetry', cancel: 'bulk.doneCancel' } as const

/** Counts first, asks once, shows how far it has come, and says what became of it. */
function BulkDialog({ action, conditions, onClose }: BulkDialogProps): ReactNode {
  const { text, wire, queryClient } = useOperations()
  const readAgain = useReadAgain()
  const dialog = useRef<HTMLDialogElement>(null)
  const [progress, setProgress] = useState<MatchingProgress>({ matched: 0, done: 0 })
  const count = useMutation<MatchingCount, TaskError>(
    { mutationFn: () => countAll(wire, { action, filter: conditions }), networkMode: 'always' },
    queryClient,
  )
  const act = useMutation<MatchingProgress, TaskError>(
    {
      mutationFn: () => actOnAll(wire, { action, filter: conditions }, { onProgress: setProgress }),
      networkMode: 'always',
      onSettled: readAgain,
    },
    queryClient,
  )
  const { mutate: startCount } = count
  useEffect(() => {
    dialog.current?.showModal()
    startCount()
  }, [startCount])

  const { data: found } = count
  const isOver = act.isSuccess || act.isError
  const canAct = found !== undefined && found.count > 0 && !isOver
  const error = act.error ?? count.error
  return (
    <dialog ref={dialog} className="brandkit-operations-dialog" aria-label={text(`bulk.${action}`)} onClose={onClose}>
      <div aria-live="polite">
        {count.isPending && <p>{text('bulk.counting')}</p>}
        {found && act.isIdle && <p>{question(found)}</p>}
        {found && act.isPending && (
          <>
            <p>{text('bulk.progress', { done: progress.matched, count: manyOf(found) })}</p>
            <progress
              max={found.count}
              value={Math.min(found.count, progress.matched)}
              aria-label={text(`bulk.${action}`)}
            />
          </>
        )}
        {act.data && (
          <p>
            {text(DONE[action], { count: act.data.done })}{' '}
            {act.data.matched > act.data.done && text('bulk.refused', { count: act.data.matched - act.data.done })}
          </p>
        )}
        {error && (
          <p className="brandkit-operations-error">
            {act.error
              ? text('bulk.failed', { done: progress.done, reason: error.message })
              : text('act.failed', { reason: error.message })}
          </p>
        )}
      </div>
      <div className="brandkit-operations-dialog-actions">
        <button type="button" className="brandkit-button" onClick={() => dialog.current?.close()}>
          {text(canAct && act.isIdle ? 'bulk.back' : 'bulk.close')}
        </button>
        {canAct && (
          <button
            type="button"
            className="brandkit-button"
            data-danger={action === 'cancel' ? '' : undefined}
            data-main=""
            aria-disabled={act.isPending || undefined}
            onClick={() => !act.isPending && act.mutate()}
          >
            {text(DO[action])}
          </button>
        )}
      </div>
    </dialog>
  )

  /** A number beyond the count is written as `1,000+`; its plural is that of the number. */
  function question({ count: many, isMore }: MatchingCount): string {
    const sentence = text(ASK[action], { count: many })
    return isMore ? sentence.replace(text.number(many), manyOf({ count: many, isMore })) : sentence
  }

  function manyOf({ count: many, isMore }: MatchingCount): string {
    return isMore ? text('bulk.most', { count: many }) : text.number(many)
  }
}
