'use client'

import type { ReactNode } from 'react'
import { useRelativeTime } from '../../provider/use-relative-time.js'
import { useTranslate } from '../../provider/use-translate.js'

/** "3 min. ago", with the whole date as its title. */
export function RelativeTime({ date }: { date: Date }): ReactNode {
  const translate = useTranslate()
  const text = useRelativeTime(date)
  return (
    text && (
      <time className="brandkit-time" dateTime={date.toISOString()} title={translate.date(date)}>
        {text}
      </time>
    )
  )
}
