'use client'

import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslate } from '../../provider/use-translate.js'
import { inFrameSlot, type Looks, partProps } from '../looks.js'
import { GroupAction } from './group-action.js'
import { GroupTitle } from './group-title.js'
import type { TaskGroup, TaskGroupName } from './group-tasks.js'
import { TaskRow } from './task-row.js'

interface TaskGroupListProps {
  id: string
  name: TaskGroupName
  group: TaskGroup
  /** The first ids of the group; a button shows more of them. */
  shownIds: readonly string[]
  looks: Looks
  onMore: () => void
}

/** The tasks of one group, one page after the other. */
export function TaskGroupList({ id, name, group, shownIds, looks, onMore }: TaskGroupListProps): ReactNode {
  const translate = useTranslate()
  const rows = useRef<HTMLUListElement>(null)
  const focusFrom = useRef<number | null>(null)
  const hidden = group.ids.length - shownIds.length

  // The button moves down or disappears, so the focus moves to the first of the new rows.
  useEffect(() => {
    if (focusFrom.current === null || shownIds.length <= focusFrom.current) return
    rows.current?.querySelectorAll<HTMLElement>(':scope > [data-task-id]')[focusFrom.current]?.focus()
    focusFrom.current = null
  }, [shownIds.length])

  const content = (
    <>
      <div className="brandkit-group-header">
        <GroupTitle id={id} name={name} count={group.ids.length} />
        <GroupAction name={name} ids={group.actionIds} />
      </div>
      <ul ref={rows} className="brandkit-rows" aria-labelledby={id}>
        {shownIds.map((taskId) => (
          <TaskRow key={taskId} taskId={taskId} looks={looks} />
        ))}
      </ul>
      {hidden > 0 && (
        <button
          type="button"
          className="brandkit-button brandkit-more"
          onClick={() => {
            focusFrom.current = shownIds.length
            onMore()
          }}
        >
          {translate('panel.more', { count: Math.min(hidden, 50) })}
        </button>
      )}
    </>
  )
  return (
    <div {...partProps(looks, 'group', group)} data-group={name}>
      {inFrameSlot(looks, 'group', group.phase, content)}
    </div>
  )
}
