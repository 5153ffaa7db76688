'use client'

import { type ReactNode, useSyncExternalStore } from 'react'
import { useTaskContext } from '../../provider/use-task-context.js'
import { useTranslate } from '../../provider/use-translate.js'
import { panelDoorOf } from '../panel-door.js'
import { PhaseIcon } from '../phase-icon.js'
import { TaskButton } from '../task-button.js'
import { DismissToast } from './dismiss-toast.js'
import { ToastFrame, type ToastProps } from './toast-frame.js'
import { PHASE_OF_KIND } from './toast-list.js'

/** A toast about many tasks: "5 completed". If the page has a panel, it opens the panel at their rows. */
export function BurstToast(props: ToastProps): ReactNode {
  const { toast, onDismiss } = props
  const translate = useTranslate()
  const door = panelDoorOf(useTaskContext().session)
  const show = useSyncExternalStore(door.subscribe, door.panels, door.panels).find((panel) => panel.show)?.show
  const { kind } = toast
  const label = kind === 'sending' || kind === 'kept' ? 'pill.unsent' : (`count.${kind}` as const)
  const title = translate(label, { count: toast.taskIds.length })
  return (
    <ToastFrame {...props} type="mixed">
      <PhaseIcon phase={PHASE_OF_KIND[kind]} />
      <div className="brandkit-toast-main">
        <p className="brandkit-toast-title">{title}</p>
      </div>
      {show && (
        <TaskButton
          action="show"
          title={title}
          onClick={() => {
            show(toast.taskIds)
            onDismiss()
          }}
        />
      )}
      <DismissToast title={title} onDismiss={onDismiss} />
    </ToastFrame>
  )
}
