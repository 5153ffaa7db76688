'use client'

import type { MatchingAction } from '@brandkit/core'
import type { ReactNode } from 'react'
import { useTranslate } from '../../provider/use-translate.js'
import type { EachProgress } from '../list-parts/act-on-each.js'
import type { BulkAction } from './use-bulk-action.js'

interface BulkQuestionBoxProps {
  bulk: BulkAction
  onDone: (action: MatchingAction, progress: EachProgress) => void
}

/** Asks once before an action on many tasks, names their number, and then says how far it has come. */
export function BulkQuestionBox({ bulk, onDone }: BulkQuestionBoxProps): ReactNode {
  const translate = useTranslate()
  const { question, error, isBusy, turns } = bulk
  if (error && !question) return <p className="brandkit-cause">{translate.failure('failure.bulk', error)}</p>
  if (!question) return null

  const { action, count, isMore } = question
  const text = count === 0 ? translate(`bulk.${action}None`) : translate(`bulk.${action}Question`, { count })
  return (
    <div className="brandkit-confirm" role="group" aria-label={text}>
      <span className="brandkit-confirm-text">
        {text} {isMore && translate('bulk.more')}
        {isBusy && (
          <span className="brandkit-time" role="status">
            {translate('row.items', { done: turns, count })}
          </span>
        )}
        {error && <span className="brandkit-cause">{translate.failure('failure.bulk', error)}</span>}
      </span>
      {count > 0 && (
        <button
          type="button"
          className="brandkit-button"
          data-danger={action === 'retry' ? undefined : true}
          aria-disabled={isBusy}
          onClick={() => {
            if (!isBusy) bulk.confirm((progress) => onDone(action, progress))
          }}
        >
          {translate(`bulk.${action}`)}
        </button>
      )}
      <button ref={takeFocus} type="button" className="brandkit-button" onClick={bulk.decline}>
        {translate(count === 0 ? 'panel.close' : 'bulk.decline')}
      </button>
    </div>
  )
}

/** The question needs an answer, so the focus moves to the answer that changes nothing. */
function takeFocus(button: HTMLButtonElement | null) {
  button?.focus()
}
