'use client'

import type { ReactNode } from 'react'
import { useTranslate } from '../../provider/use-translate.js'
import type { TaskGroupName } from './group-tasks.js'

interface GroupTitleProps {
  id: string
  name: TaskGroupName | 'unsent' | 'refused'
  count: number
}

/** The heading of a group: what its rows have in common, and how many rows it has. */
export function GroupTitle({ id, name, count }: GroupTitleProps): ReactNode {
  const translate = useTranslate()
  return (
    <h3 id={id} className="brandkit-group-title">
      {translate(`group.${name}`)} <span className="brandkit-group-count">{translate.number(count)}</span>
    </h3>
  )
}
