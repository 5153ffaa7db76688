'use client'

import type { UnsentTask } from '@brandkit/client'
import type { TaskFilter, TaskPhase } from '@brandkit/core'
import { forwardRef, useState } from 'react'
import type { Translate } from '../../labels/translate.js'
import { useTaskConnection } from '../../hooks/use-task-connection.js'
import { onSecond } from '../../provider/use-now.js'
import { useTaskContext } from '../../provider/use-task-context.js'
import { useTranslate } from '../../provider/use-translate.js'
import { inFrameSlot, type Looks, partProps } from '../looks.js'
import { PhaseIcon } from '../phase-icon.js'
import { ACTIVE_PHASES, groupTasks, type TaskCounts, type TaskGroups } from './group-tasks.js'
import { createJointProgress, meanProgress } from './joint-progress.js'
import { ProgressRing } from './progress-ring.js'
import { useShownTasks } from './use-shown-tasks.js'

interface TaskPillProps {
  unsent: readonly UnsentTask[]
  filter: TaskFilter
  open: boolean
  panelId: string
  looks: Looks
  onToggle: () => void
}

/** The button that stands for all tasks: how many of them do what, and their joint progress while any runs. */
export const TaskPill = forwardRef<HTMLButtonElement, TaskPillProps>(function TaskPill(props, ref) {
  const { unsent, filter, open, panelId, looks, onToggle } = props
  const translate = useTranslate()
  const { session, now } = useTaskContext()
  // A later start comes by time alone, so the pill counts again every second.
  const groups = useShownTasks(filter, (tasks) => groupTasks(tasks, { isOwn: session.isOwn, now: now() }), onSecond)
  const { state } = useTaskConnection()
  const [joint] = useState(createJointProgress)
  const progress = joint.advance(useShownTasks(filter, (tasks) => meanProgress(tasks, now()), onSecond))
  const percent = groups.counts.running > 0 ? progress : null
  const isCutOff = state === 'offline' || state === 'auth-required'
  const refused = unsent.filter(({ refusal }) => refusal).length
  const attention = groups.attention.ids.length + refused
  const phase = phaseOfPill(groups, { refused, waiting: unsent.length - refused })
  const text = pillText({ ...groups, attention, unsent: unsent.length - refused }, translate)
  const name = translate('panel.title')

  const content = (
    <>
      {isCutOff || percent === null ? (
        <PhaseIcon phase={isCutOff ? 'offline' : phase} />
      ) : (
        <ProgressRing percent={percent} />
      )}
      {text !== name && <span className="brandkit-hidden">{name}: </span>}
      <span className="brandkit-pill-text">{text}</span>
      {percent !== null && percent > 0 && <span className="brandkit-pill-percent">{translate.percent(percent)}</span>}
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
      {...partProps(looks, 'pill', { phase, type: groups.type })}
      aria-expanded={open}
      aria-controls={open ? panelId : undefined}
      onClick={onToggle}
    >
      {inFrameSlot(looks, 'pill', phase, content)}
    </button>
  )
})

/** Creates that are not sent count like tasks: a refused one needs attention, and the others wait. */
function phaseOfPill(groups: TaskGroups, unsent: { refused: number; waiting: number }): TaskPhase {
  if (groups.active.ids.length > 0 || groups.attention.ids.length > 0) return groups.phase
  if (unsent.refused > 0) return 'failed'
  return unsent.waiting > 0 ? 'waiting' : groups.phase
}

interface PillFacts extends Pick<TaskGroups, 'ended' | 'counts'> {
  /** How many failures and refused creates there are. */
  attention: number
  /** How many creates still have to be sent. */
  unsent: number
}

/** "4 running, 16 waiting": each task counts as what it does. Ends are told when nothing else is. */
function pillText({ attention, unsent, ended, counts }: PillFacts, translate: Translate): string {
  const say = (names: readonly (keyof TaskCounts)[]) =>
    names.filter((name) => counts[name] > 0).map((name) => translate(`count.${name}`, { count: counts[name] }))

  const active = say(ACTIVE_PHASES)
  if (active.length === 0 && attention > 0) return translate('pill.attention', { count: attention })
  if (unsent > 0) active.push(translate('pill.unsent', { count: unsent }))
  if (active.length > 0) return translate.list(active)
  const ends = say(['completed', 'cancelled'])
  if (ends.length > 0) return translate.list(ends)
  return translate(ended.ids.length > 0 ? 'panel.title' : 'pill.empty')
}
