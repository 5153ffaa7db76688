'use client'

import { type ReactNode, useEffect, useRef } from 'react'
import { useTaskContext } from '../../provider/use-task-context.js'
import { classOf, type Looks } from '../looks.js'
import type { TaskGroupName, TaskGroups } from './group-tasks.js'
import { TaskRow } from './task-row.js'
import { useFocusKeeper } from './use-focus-keeper.js'

const GROUP_NAMES = ['active', 'attention', 'finished'] as const satisfies readonly TaskGroupName[]

interface TaskPanelProps {
  id: string
  groups: TaskGroups
  looks: Looks
  onClose: () => void
}

/** The list of tasks. Not a dialog: the page behind stays usable. */
export function TaskPanel({ id, groups, looks, onClose }: TaskPanelProps): ReactNode {
  const { translate } = useTaskContext()
  const list = useRef<HTMLDivElement>(null)
  const closeButton = useRef<HTMLButtonElement>(null)
  useFocusKeeper({ list, fallback: closeButton, ids: GROUP_NAMES.flatMap((name) => groups[name]) })
  useRowsInView(groups)

  return (
    <section id={id} className={classOf(looks, 'panel')} aria-labelledby={`${id}-title`}>
      <header className="brandkit-panel-header">
        <h2 id={`${id}-title`} className="brandkit-panel-title">
          {translate('panel.title')}
        </h2>
        <button
          ref={closeButton}
          type="button"
          className="brandkit-icon-button"
          aria-label={translate('panel.close')}
          onClick={onClose}
        >
          <svg viewBox="0 0 16 16" aria-hidden="true">
            <path d="m4 4 8 8m0-8-8 8" />
          </svg>
        </button>
      </header>
      {/* Focusable, so that the keyboard can scroll it. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- see above */}
      <div ref={list} className="brandkit-panel-list" tabIndex={0} role="group" aria-labelledby={`${id}-title`}>
        {GROUP_NAMES.filter((name) => groups[name].length > 0).map((name) => (
          <div key={name} className={classOf(looks, 'group')} data-group={name}>
            <h3 id={`${id}-${name}`} className="brandkit-group-title">
              {translate(`group.${name}`)} <span className="brandkit-group-count">{groups[name].length}</span>
            </h3>
            <ul className="brandkit-rows" aria-labelledby={`${id}-${name}`}>
              {groups[name].map((taskId) => (
                <TaskRow key={taskId} taskId={taskId} looks={looks} />
              ))}
            </ul>
          </div>
        ))}
      </div>
    </section>
  )
}

/** Tells notifications which tasks need no toast. */
function useRowsInView(groups: TaskGroups): void {
  const { rowsInView } = useTaskContext().session
  useEffect(() => {
    rowsInView.replace(GROUP_NAMES.flatMap((name) => groups[name]))
    return () => rowsInView.replace([])
  }, [rowsInView, groups])
}
