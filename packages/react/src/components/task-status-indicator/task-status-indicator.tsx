'use client'

import type { TaskFilter } from '@brandkit/core'
import { type KeyboardEvent, type ReactNode, useCallback, useId, useMemo, useRef, useState } from 'react'
import { useTrackedTasks } from '../../provider/use-tracked-tasks.js'
import { isMatch } from '../../queries/is-match.js'
import { classOf, type Looks } from '../looks.js'
import { type DockPosition, InDock } from '../task-dock/task-dock.js'
import { groupTasks } from './group-tasks.js'
import { TaskPanel } from './task-panel.js'
import { TaskPill } from './task-pill.js'
import { useLeavingSuccesses } from './use-leaving-successes.js'

export interface TaskStatusIndicatorProps extends Looks {
  /** The corner, in reading direction. Default `bottom-end`. */
  position?: DockPosition | undefined
  /** Given, the app decides whether the panel is open. */
  open?: boolean | undefined
  onOpenChange?: ((open: boolean) => void) | undefined
  /** Shows only these tasks. */
  filter?: TaskFilter | undefined
}

/**
 * A pill in the corner that says how many tasks run and how far they are, and opens into the list of them. Shows
 * nothing while there is nothing to show. Closing it hides tasks and never cancels them.
 */
export function TaskStatusIndicator(props: TaskStatusIndicatorProps): ReactNode {
  const { position = 'bottom-end', open: controlled, onOpenChange, filter = {} } = props
  const { classNames, slots, getTitle, onOpenResult, renderResult } = props
  const looks = useMemo(
    () => ({ classNames, slots, getTitle, onOpenResult, renderResult }),
    [classNames, slots, getTitle, onOpenResult, renderResult],
  )
  const groups = useTrackedTasks((tasks, isRevealed) =>
    groupTasks(tasks.filter((task) => isRevealed(task.taskId) && isMatch(task, filter))),
  )
  const [uncontrolled, setUncontrolled] = useState(false)
  const open = controlled ?? uncontrolled
  const panelId = useId()
  const pill = useRef<HTMLButtonElement>(null)
  const hold = useLeavingSuccesses(groups.finished)

  const setOpen = useCallback(
    (next: boolean) => {
      setUncontrolled(next)
      onOpenChange?.(next)
    },
    [onOpenChange],
  )
  const close = useCallback(() => {
    setOpen(false)
    pill.current?.focus()
  }, [setOpen])
  const closeOnEscape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !open) return
    event.stopPropagation()
    close()
  }

  const isEmpty = groups.active.length + groups.attention.length + groups.finished.length === 0
  return (
    <InDock place="indicator" position={position}>
      {!isEmpty && (
        // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- catches Escape of the controls inside
        <div className={classOf(looks, 'root')} data-open={open} onKeyDown={closeOnEscape} {...hold}>
          {open && <TaskPanel id={panelId} groups={groups} looks={looks} onClose={close} />}
          <TaskPill
            ref={pill}
            groups={groups}
            filter={filter}
            open={open}
            panelId={panelId}
            looks={looks}
            onToggle={() => setOpen(!open)}
          />
        </div>
      )}
    </InDock>
  )
}
