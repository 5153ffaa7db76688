import { createListeners, type Listeners } from '@brandkit/client/page'
import type { TaskSession } from '../session/task-session.js'

/** A panel, or a list in a page, as notifications see it. */
interface Panel {
  readonly isOpen: boolean
  /** Whether the panel has a row for the task, or for the unsent create of this key, while it is open, or is about to have one. */
  readonly has: (taskId: string) => boolean
  /** Opens the panel and moves the focus to the first row of these tasks. A list in a page cannot be opened. */
  readonly show?: (taskIds: readonly string[]) => void
}

/** Lets notifications ask which rows a person can see already, and open the panel. */
export interface PanelDoor {
  /** The panels and lists on the page: usually one. Returns the same array until one of them changes. */
  readonly panels: () => readonly Panel[]
  /** Returns the function that removes the panel. */
  readonly add: (panel: Panel) => () => void
  readonly subscribe: Listeners['subscribe']
}

// Not a field of the session, so that apps that use only hooks load none of this.
const doors = new WeakMap<TaskSession, PanelDoor>()

/** The door of the session's panels. */
export function panelDoorOf(session: TaskSession): PanelDoor {
  const known = doors.get(session)
  if (known) return known

  const { tell, subscribe } = createListeners()
  let panels: readonly Panel[] = []
  const set = (next: readonly Panel[]) => {
    panels = next
    tell()
  }
  const door: PanelDoor = {
    panels: () => panels,
    add: (panel) => {
      set([...panels, panel])
      return () => set(panels.filter((other) => other !== panel))
    },
    subscribe,
  }
  doors.set(session, door)
  return door
}
