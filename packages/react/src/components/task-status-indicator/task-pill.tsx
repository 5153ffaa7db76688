'use client'

import type { TaskFilter } from '@brandkit/core'
import { forwardRef, useState } from 'react'
import type { Translate } from '../../labels/translate.js'
import { useTaskConnection } from '../../hooks/use-task-connection.js'
import { useTranslate } from '../../provider/use-translate.js'
import { inFrameSlot, type Looks, partProps } from '../looks.js'
import { PhaseIcon } from '../phase-icon.js'
import type { TaskGroups } from './group-tasks.js'
import { createJointProgress, meanProgress } from './joint-progress.js'
import { ProgressRing } from './progress-ring.js'
import { useShownTasks } from './use-shown-tasks.js'

interface TaskPillProps {
  groups: TaskGroups
  /** How many creates still have to be sent. */
  unsentCount: number
  filter: TaskFilter
  open: boolean
  panelId: string
  looks: Looks
  onToggle: () => void
}

/** The button that stands for all tasks: their number and joint progress. */
export const TaskPill = forwardRef<HTMLButtonElement, TaskPillProps>(function TaskPill(props, ref) {
  const { groups, unsentCount, filter, open, panelId, looks, onToggle } = props
  const translate = useTranslate()
  const { state } = useTaskConnection()
  const [joint] = useState(createJointProgress)
  const progress = joint.advance(useShownTasks(filter, meanProgress))
  const isCutOff = state === 'offline' || state === 'auth-required'
  const attention = groups.attention.ids.length

  const content = (
    <>
      {isCutOff || progress === null ? (
        <PhaseIcon phase={isCutOff ? 'offline' : groups.phase} />
      ) : (
        <ProgressRing percent={progress} />
      )}
      <span className="brandkit-pill-text">{pillText(groups, unsentCount, translate)}</span>
      {progress !== null && progress > 0 && (
        <span className="brandkit-pill-percent">{translate.percent(progress)}</span>
      )}
      {groups.active.ids.length > 0 && attention > 0 && (
        <span className="brandkit-pill-badge">
          <span aria-hidden="true">{translate.number(attention)}</span>
          <span className="brandkit-hidden">{translate('pill.attention', { count: attention })}</span>
        </span>
      )}
      {isCutOff && (
        <span className="brandkit-hidden">
          {translate(state === 'offline' ? 'connection.offline' : 'connection.signedOut')}
        </span>
      )}
      <svg className="brandkit-chevron" viewBox="0 0 16 16" aria-hidden="true">
        <path d="m4 10 4-4 4 4" />
      </svg>
    </>
  )
  return (
    <button
      ref={ref}
      type="button"
      {...partProps(looks, 'pill', groups)}
      aria-expanded={open}
      aria-controls={open ? panelId : undefined}
      onClick={onToggle}
    >
      {inFrameSlot(looks, 'pill', groups.phase, content)}
    </button>
  )
})

function pillText({ active, attention, finished }: TaskGroups, unsent: number, translate: Translate): string {
  if (active.ids.length > 0) return translate('pill.active', { count: active.ids.length })
  if (attention.ids.length > 0) return translate('pill.attention', { count: attention.ids.length })
  if (unsent > 0) return translate('pill.unsent', { count: unsent })
  if (finished.own > 0) return translate('pill.finished', { count: finished.own })
  return translate(finished.ids.length > 0 ? 'panel.title' : 'pill.empty')
}
