import type { BackgroundTask, TaskSummary } from '@brandkit/core'
import type { ReactNode } from 'react'

/** Parts of the page around tasks. */
export type OperationsFrame = 'root' | 'tiles' | 'charts' | 'filters' | 'runs' | 'aside'
/** Parts of one task. */
export type OperationsTaskPart = 'run' | 'title' | 'drawer' | 'payload' | 'result'
export type OperationsPart = OperationsFrame | OperationsTaskPart

export interface OperationsTaskSlotProps {
  /** Without content in the table; whole in the drawer, once it is read. */
  task: TaskSummary | BackgroundTask
  /** Our own content of the part. */
  children: ReactNode
}

/** The parts whose content can be replaced. */
export type OperationsSlots = Record<OperationsFrame, (props: { children: ReactNode }) => ReactNode> &
  Record<OperationsTaskPart, (props: OperationsTaskSlotProps) => ReactNode>

export interface OperationsLooks {
  /** A class of yours for each part, beside ours (`brandkit-operations-<part>`). */
  classNames?: Partial<Record<OperationsPart, string>> | undefined
  slots?: Partial<OperationsSlots> | undefined
}

export function classOf({ classNames }: OperationsLooks, part: OperationsPart): string {
  const theirs = classNames?.[part]
  return theirs ? `brandkit-operations-${part} ${theirs}` : `brandkit-operations-${part}`
}

export function inFrame({ slots }: OperationsLooks, part: OperationsFrame, children: ReactNode): ReactNode {
  return slots?.[part]?.({ children }) ?? children
}

export function inTaskSlot(
  { slots }: OperationsLooks,
  part: OperationsTaskPart,
  task: OperationsTaskSlotProps['task'],
  children: ReactNode,
): ReactNode {
  return slots?.[part]?.({ task, children }) ?? children
}
