import type { BackgroundTask, TaskPhase } from '@brandkit/core'
import type { ReactNode } from 'react'

/** Parts that show one task. */
export type TaskPart = 'row' | 'title' | 'detail' | 'progress' | 'actions' | 'toast'
/** Parts around tasks. */
export type FramePart = 'root' | 'pill' | 'panel' | 'group'
/** What can be styled. Each is `brandkit-<part>` in our CSS and takes a class of yours beside it. */
export type Part = FramePart | TaskPart

export interface SlotProps {
  task: BackgroundTask
  /** What we would show. */
  children: ReactNode
}

export interface FrameSlotProps {
  /** `running` while anything runs, else `failed` if anything has, else `completed`. */
  phase: TaskPhase
  /** What we would show. */
  children: ReactNode
}

/** Parts whose content can be replaced: all of them. A toast that stands for many tasks has no slot. */
export type Slots = Record<TaskPart, (props: SlotProps) => ReactNode> &
  Record<FramePart, (props: FrameSlotProps) => ReactNode>

/** How an app changes the looks of the components; the rest is CSS. */
export interface Looks {
  classNames?: Partial<Record<Part, string>> | undefined
  slots?: Partial<Slots> | undefined
  /** Default: the title that the catalog made at creation. */
  getTitle?: ((task: BackgroundTask) => string) | undefined
  /** Given, completed tasks offer to open their result. */
  onOpenResult?: ((task: BackgroundTask) => void) | undefined
  /** Shown beside a completed task, and beside a running one that has a partial result so far. */
  renderResult?: ((task: BackgroundTask) => ReactNode) | undefined
}

/** What a part is about. A `type` of `mixed`: it shows tasks of several types. */
export interface PartState {
  phase: TaskPhase
  type: string
}

/** How a part can be found from outside: our class, the app's, and what it is about. */
export function partProps(
  { classNames }: Looks,
  part: Part,
  { phase, type }: PartState,
): { className: string; 'data-phase': TaskPhase; 'data-type': string } {
  const own = `brandkit-${part}`
  const theirs = classNames?.[part]
  return { className: theirs ? `${own} ${theirs}` : own, 'data-phase': phase, 'data-type': type }
}

/** The content of a part that shows a task: ours, or what the app makes of it. */
export function inSlot({ slots }: Looks, part: TaskPart, task: BackgroundTask, children: ReactNode): ReactNode {
  return slots?.[part]?.({ task, children }) ?? children
}

/** The content of a part around tasks: ours, or what the app makes of it. */
export function inFrameSlot({ slots }: Looks, part: FramePart, phase: TaskPhase, children: ReactNode): ReactNode {
  return slots?.[part]?.({ phase, children }) ?? children
}
