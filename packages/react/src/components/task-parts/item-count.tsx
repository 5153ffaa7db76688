'use client'

import type { StepItems } from '@brandkit/core'
import type { ReactNode } from 'react'
import { useTranslate } from '../../provider/use-translate.js'

/** How many items of a step are done: "7 of 12". */
export function ItemCount({ items }: { items: StepItems | undefined }): ReactNode {
  const translate = useTranslate()
  if (!items) return null
  const { done, total } = items
  return (
    <span className="brandkit-time">
      {total === undefined
        ? translate('row.itemsDone', { count: done })
        : translate('row.items', { done, count: total })}
    </span>
  )
}
