'use client'

import type { ReactNode } from 'react'
import { usePageTranslate } from '../../provider/use-page-translate.js'
import { inFrameSlot, type Looks, partProps } from '../looks.js'
import { NO_CHOICES, type TaskHistoryChoices } from './history-choices.js'
import type { HistoryList } from './use-history-list.js'

interface HistoryEmptyProps {
  list: HistoryList
  looks: Looks
  /** Whether the user has narrowed the list, and could widen it. */
  isNarrowed: boolean
  onChoose: (change: TaskHistoryChoices) => void
}

/** What stands in place of the rows when there are none: why, and what users can do. */
export function HistoryEmpty({ list, looks, isNarrowed, onChoose }: HistoryEmptyProps): ReactNode {
  const translate = usePageTranslate()
  const { error, hasMore } = list
  const content = error ? (
    <>
      <p className="brandkit-empty-title">{translate('history.unread')}</p>
      <button type="button" className="brandkit-button" onClick={list.reload}>
        {translate('action.retry')}
      </button>
    </>
  ) : (
    <>
      <p className="brandkit-empty-title">{translate(isNarrowed ? 'history.nothingFound' : 'history.empty')}</p>
      <p>{translate(hintOf({ isNarrowed, hasMore }))}</p>
      {isNarrowed && (
        <button type="button" className="brandkit-button" onClick={() => onChoose(NO_CHOICES)}>
          {translate('filter.clear')}
        </button>
      )}
    </>
  )
  return (
    <div {...partProps(looks, 'empty', list)} role={error ? 'alert' : undefined}>
      {inFrameSlot(looks, 'empty', list.phase, content)}
    </div>
  )
}

/** A search looks at a bounded number of tasks at a time, so that more may be found further back. */
function hintOf({ isNarrowed, hasMore }: { isNarrowed: boolean; hasMore: boolean }) {
  if (hasMore) return 'history.furtherHint'
  return isNarrowed ? 'history.nothingFoundHint' : 'panel.emptyHint'
}
