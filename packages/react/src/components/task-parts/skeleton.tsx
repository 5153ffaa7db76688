'use client'

import type { ReactNode } from 'react'
import { usePageTranslate } from '../../provider/use-page-translate.js'

interface SkeletonProps {
  /** How many lines of text each block stands for. */
  lines: number
  /** How many blocks there are. Default 1. */
  blocks?: number | undefined
}

/** Grey shapes in the size of what is being loaded, so that nothing jumps when it arrives. */
export function Skeleton({ lines, blocks = 1 }: SkeletonProps): ReactNode {
  const translate = usePageTranslate()
  return (
    <div className="brandkit-inline brandkit-skeleton" aria-busy="true">
      <span className="brandkit-hidden">{translate('inline.loading')}</span>
      {Array.from({ length: blocks }, (_, block) => (
        <div key={block} className="brandkit-skeleton-block" aria-hidden="true">
          {Array.from({ length: lines }, (_line, line) => (
            <span key={line} className="brandkit-skeleton-line" />
          ))}
        </div>
      ))}
    </div>
  )
}
