'use client'

import { type ReactNode, useRef, useState } from 'react'
import { useTranslate } from '../../provider/use-translate.js'
import { useTaskContext } from '../../provider/use-task-context.js'
import type { UnsentTask } from '@brandkit/client'
import type { TaskFilter } from '@brandkit/core'
import { CrossButton } from '../cross-button.js'
import { useFocusHandover } from '../use-focus-handover.js'
import { inFrameSlot, type Looks, partProps } from '../looks.js'
import { ConnectionNote } from '../task-parts/connection-note.js'
import { TASK_GROUP_NAMES, type TaskGroupName, type TaskGroups } from './group-tasks.js'
import { JointRemaining } from './joint-remaining.js'
import { TaskGroupList } from './task-group-list.js'
import { UnsentGroup } from './unsent-group.js'
import { useFocusKeeper } from '../use-focus-keeper.js'
import { useStrayEscape } from './use-stray-escape.js'

/** How many rows a group shows at first, and adds at each request for more. */
const PAGE = 50

interface TaskPanelProps {
  id: string
  groups: TaskGroups
  filter: TaskFilter
  unsent: readonly UnsentTask[]
  looks: Looks
  onClose: () => void
  /** Called when an app closes the panel while the focus is in it. */
  onFocusLost: () => void
}

/** The list of tasks. It is no dialog, so the page behind stays usable. */
export function TaskPanel({ id, groups, filter, unsent, looks, onClose, onFocusLost }: TaskPanelProps): ReactNode {
  const translate = useTranslate()
  const { session } = useTaskContext()
  const list = useRef<HTMLDivElement>(null)
  const panel = useRef<HTMLElement>(null)
  const closeButton = useRef<HTMLButtonElement>(null)
  const [limits, setLimits] = useState<Partial<Record<TaskGroupName, number>>>({})
  const refused = unsent.filter(({ refusal }) => refusal)
  const waiting = unsent.filter(({ refusal }) => !refusal)
  const shown = TASK_GROUP_NAMES.map((name) => ({ name, ids: groups[name].ids.slice(0, limits[name] ?? PAGE) }))
  const shownIds = shown.flatMap(({ ids }) => ids)
  const keepFocus = useFocusKeeper({
    list,
    fallback: closeButton,
    ids: [...[...refused, ...waiting].map(({ key }) => key), ...shownIds],
    successorOf: (gone) => shownIds.find((taskId) => session.cache.find(taskId)?.retryOf === gone),
  })
  useFocusHandover(panel, onFocusLost)
  useStrayEscape(onClose)

  const isEmpty = shownIds.length === 0 && unsent.length === 0
  const content = (
    <>
      <header className="brandkit-panel-header">
        <div className="brandkit-panel-heading">
          <h2 id={`${id}-title`} className="brandkit-panel-title">
            {translate('panel.title')}
          </h2>
          <JointRemaining filter={filter} />
        </div>
        <CrossButton ref={closeButton} label={translate('panel.close')} onClick={onClose} />
      </header>
      <ConnectionNote />
      {/* Focusable, so that keyboard users can scroll the list. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- see above */}
      <div ref={list} className="brandkit-panel-list" tabIndex={0} role="group" aria-labelledby={`${id}-title`}>
        {isEmpty && (
          <div className="brandkit-empty">
            <p className="brandkit-empty-title">{translate('panel.empty')}</p>
            <p>{translate('panel.emptyHint')}</p>
          </div>
        )}
        <UnsentGroup id={`${id}-refused`} name="refused" unsent={refused} looks={looks} />
        <UnsentGroup id={`${id}-unsent`} name="unsent" unsent={waiting} looks={looks} />
        {shown
          .filter(({ ids }) => ids.length > 0)
          .map(({ name, ids }) => (
            <TaskGroupList
              key={name}
              id={`${id}-${name}`}
              name={name}
              group={groups[name]}
              shownIds={ids}
              looks={looks}
              onMore={() => setLimits((earlier) => ({ ...earlier, [name]: ids.length + PAGE }))}
            />
          ))}
      </div>
    </>
  )
  return (
    <section ref={panel} id={id} {...partProps(looks, 'panel', groups)} aria-labelledby={`${id}-title`} {...keepFocus}>
      {inFrameSlot(looks, 'panel', groups.phase, content)}
    </section>
  )
}
