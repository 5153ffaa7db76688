'use client'

import type { TaskFilter } from '@brandkit/core'
import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react'
import { useTaskAnnouncements } from '../../hooks/use-task-announcements.js'
import { useUnsentTasks } from '../../provider/use-unsent-tasks.js'
import { useTaskContext } from '../../provider/use-task-context.js'
import { inFrameSlot, type Looks, partProps } from '../looks.js'
import { type DockPosition, InDock } from '../../provider/task-dock.js'
import { useLooks } from '../use-looks.js'
import { groupTasks, TASK_GROUP_NAMES } from './group-tasks.js'
import { TaskPanel } from './task-panel.js'
import { TaskPill } from './task-pill.js'
import { useFocusReturn } from './use-focus-return.js'
import { useLeavingSuccesses } from './use-leaving-successes.js'
import { useLateCreates } from './use-late-creates.js'
import { usePanelDoor } from './use-panel-door.js'
import { useShownTasks } from './use-shown-tasks.js'

export interface TaskStatusIndicatorProps extends Looks {
  /** The corner, in reading direction. Default `bottom-end`. */
  position?: DockPosition | undefined
  /** If given, the app decides whether the panel is open. */
  open?: boolean | undefined
  /** Called when the user opens or closes the panel. */
  onOpenChange?: ((open: boolean) => void) | undefined
  /** Shows only these tasks. */
  filter?: TaskFilter | undefined
}

/**
 * A pill in the corner with the number of running tasks and their joint progress; it opens the list of tasks. It
 * renders nothing without tasks. Closing hides tasks and never cancels them.
 */
export function TaskStatusIndicator(props: TaskStatusIndicatorProps): ReactNode {
  const { position = 'bottom-end', open: controlled, onOpenChange, filter = {} } = props
  const { session, now } = useTaskContext()
  const looks = useLooks(props)
  const groups = useShownTasks(filter, (tasks) => groupTasks(tasks, { isOwn: session.isOwn, now: now() }))
  const unsent = useUnsentTasks()
  const late = useLateCreates(unsent)
  useTaskAnnouncements()
  const [uncontrolled, setUncontrolled] = useState(false)
  const open = controlled ?? uncontrolled
  const panelId = useId()
  const pill = useRef<HTMLButtonElement>(null)
  const hold = useLeavingSuccesses(groups.ended.ids)
  const { remember, giveBack } = useFocusReturn()

  const isEmpty = late.length === 0 && TASK_GROUP_NAMES.every((name) => groups[name].ids.length === 0)
  const setOpen = (next: boolean) => {
    setUncontrolled(next)
    onOpenChange?.(next)
  }
  usePanelDoor({ panelId, open, filter, setOpen })
  const leavePanel = () => {
    // The pill disappears with the last task, so the focus returns to where it came from.
    if (isEmpty) giveBack()
    else pill.current?.focus()
  }
  const close = () => {
    setOpen(false)
    leavePanel()
  }
  const closeOnEscape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !open) return
    event.stopPropagation()
    close()
  }

  const content = (
    <>
      {open && (
        <TaskPanel
          id={panelId}
          groups={groups}
          filter={filter}
          unsent={unsent}
          looks={looks}
          onClose={close}
          onFocusLost={leavePanel}
        />
      )}
      <TaskPill
        ref={pill}
        unsent={late}
        filter={filter}
        open={open}
        panelId={panelId}
        looks={looks}
        onToggle={() => (open ? close() : setOpen(true))}
      />
    </>
  )
  return (
    <InDock place="indicator" position={position}>
      {/* An open panel stays after its last row has gone, because users may still be about to click in it. */}
      {(!isEmpty || open) && (
        // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- catches Escape of the controls inside
        <div
          {...partProps(looks, 'root', groups)}
          data-open={open}
          onKeyDown={closeOnEscape}
          onFocusCapture={remember}
          {...hold}
        >
          {inFrameSlot(looks, 'root', groups.phase, content)}
        </div>
      )}
    </InDock>
  )
}
