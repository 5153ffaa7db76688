import type { BackgroundTask, TaskPhase, TaskStep, TaskSummary } from '@brandkit/core'
import type { ReactNode } from 'react'

/** Parts that show one task. */
export type TaskPart = 'row' | 'title' | 'detail' | 'progress' | 'actions' | 'toast'
/** Parts around tasks. */
export type FramePart = 'root' | 'pill' | 'panel' | 'group' | 'toolbar' | 'selection' | 'empty'
/** Everything that can be styled. Each part has our class `brandkit-<part>`, and takes a class of yours. */
export type Part = FramePart | TaskPart | 'step'

export interface SlotProps {
  /** Without its content, which `useTask` has. */
  task: TaskSummary
  /** Our own content of the part. */
  children: ReactNode
}

export interface FrameSlotProps {
  /** `running` while anything runs, then `failed` if anything has failed, and `completed` otherwise. */
  phase: TaskPhase
  /** Our own content of the part. */
  children: ReactNode
}

export interface StepSlotProps extends SlotProps {
  step: TaskStep
}

/** The parts whose content can be replaced: all of them. Toasts that stand for many tasks have no slot. */
export type Slots = Record<TaskPart, (props: SlotProps) => ReactNode> &
  Record<FramePart, (props: FrameSlotProps) => ReactNode> &
  Record<'step', (props: StepSlotProps) => ReactNode>

/** How an app changes the looks of the components; the rest is CSS. */
export interface Looks {
  /** Classes of yours by part, beside ours. */
  classNames?: Partial<Record<Part, string>> | undefined
  /** Functions that render the content of a part in place of ours, which they get as `children`. */
  slots?: Partial<Slots> | undefined
  /** The name of a task. Default: the title that the catalog made at creation. */
  getTitle?: ((task: TaskSummary) => string) | undefined
  /** The address of a task's page: titles become links. */
  getHref?: ((task: TaskSummary) => string | undefined) | undefined
  /** Called when a title is pressed. A link that has an `onOpenTask` is not followed, except into another tab. */
  onOpenTask?: ((task: TaskSummary) => void) | undefined
  /** If given, completed tasks offer to open their result, which is read before if the page does not have it. */
  onOpenResult?: ((task: BackgroundTask) => void) | undefined
  /**
   * Shown beside a completed task, and beside a running one that has a partial result so far. If given, rows that are in
   * view read the results that the page does not have.
   */
  renderResult?: ((task: BackgroundTask) => ReactNode) | undefined
}

/** The state that a part shows. The `type` is `mixed` for tasks of several types. */
export interface PartState {
  phase: TaskPhase
  type: string
}

/** Our class of a part, and the app's. */
export function classOf({ classNames }: Looks, part: Part): string {
  const own = `brandkit-${part}`
  const theirs = classNames?.[part]
  return theirs ? `${own} ${theirs}` : own
}

/** The attributes by which apps find a part: our class, the app's class, phase and type. */
export function partProps(
  { classNames }: Looks,
  part: Part,
  { phase, type }: PartState,
): { className: string; 'data-phase': TaskPhase; 'data-type': string } {
  return { className: classOf({ classNames }, part), 'data-phase': phase, 'data-type': type }
}

/** The content of a part that shows a task: ours, or that of the app's slot. */
export function inSlot({ slots }: Looks, part: TaskPart, task: TaskSummary, children: ReactNode): ReactNode {
  return slots?.[part]?.({ task, children }) ?? children
}

/** The content of a part around tasks: ours, or that of the app's slot. */
export function inFrameSlot({ slots }: Looks, part: FramePart, phase: TaskPhase, children: ReactNode): ReactNode {
  return slots?.[part]?.({ phase, children }) ?? children
}

/** The content of a step: ours, or that of the app's slot. */
export function inStepSlot({ slots }: Looks, of: Omit<StepSlotProps, 'children'>, children: ReactNode): ReactNode {
  return slots?.step?.({ ...of, children }) ?? children
}
