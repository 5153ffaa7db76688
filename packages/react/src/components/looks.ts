import type { BackgroundTask } from '@brandkit/core'
import type { ReactNode } from 'react'

/** What can be styled. Each is `brandkit-<part>` in our CSS and takes a class of yours beside it. */
export type Part = 'root' | 'pill' | 'panel' | 'group' | 'row' | 'title' | 'detail' | 'progress' | 'actions' | 'toast'

export interface SlotProps {
  task: BackgroundTask
  /** What we would show. */
  children: ReactNode
}

/** Parts of a row whose content can be replaced. */
export type Slots = Record<'title' | 'detail' | 'progress' | 'actions', (props: SlotProps) => ReactNode>

/** How an app changes the looks of the components; the rest is CSS. */
export interface Looks {
  classNames?: Partial<Record<Part, string>> | undefined
  slots?: Partial<Slots> | undefined
  /** Default: the title that the catalog made at creation. */
  getTitle?: ((task: BackgroundTask) => string) | undefined
  /** Given, completed tasks offer to open their result. */
  onOpenResult?: ((task: BackgroundTask) => void) | undefined
  /** Shown beside a completed task. */
  renderResult?: ((task: BackgroundTask) => ReactNode) | undefined
}

/** Our class of a part, and the app's. */
export function classOf(looks: Looks, part: Part): string {
  const own = `brandkit-${part}`
  const theirs = looks.classNames?.[part]
  return theirs ? `${own} ${theirs}` : own
}

/** The content of a part: ours, or what the app makes of it. */
export function inSlot(looks: Looks, part: keyof Slots, task: BackgroundTask, children: ReactNode): ReactNode {
  return looks.slots?.[part]?.({ task, children }) ?? children
}
