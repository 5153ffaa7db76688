'use client'

import type { ReactNode } from 'react'
import type { UnsentTask } from '@brandkit/client'
import { useTaskConnection } from '../../hooks/use-task-connection.js'
import { useNow } from '../../provider/use-now.js'
import { useTranslate } from '../../provider/use-translate.js'
import { useTaskContext } from '../../provider/use-task-context.js'
import type { Looks } from '../looks.js'
import { PhaseIcon } from '../phase-icon.js'
import { TaskButton } from '../task-button.js'
import { labelOfUnsent, titleOfUnsent } from '../../labels/unsent-task.js'
import { GroupTitle } from './group-title.js'

interface UnsentGroupProps {
  id: string
  unsent: readonly UnsentTask[]
  looks: Looks
}

/** Tasks that exist only on this device until it has a connection. */
export function UnsentGroup({ id, unsent, looks }: UnsentGroupProps): ReactNode {
  return (
    <div className="brandkit-group" data-group="unsent">
      <GroupTitle id={id} name="unsent" count={unsent.length} />
      <ul className="brandkit-rows" aria-labelledby={id}>
        {unsent.map((task) => (
          <UnsentRow key={task.key} task={task} looks={looks} />
        ))}
      </ul>
    </div>
  )
}

function UnsentRow({ task, looks: { getTitle } }: { task: UnsentTask; looks: Looks }) {
  const { key, input, at, state } = task
  const translate = useTranslate()
  const { outbox, catalog } = useTaskContext()
  const connection = useTaskConnection()
  const now = useNow()
  const title = titleOfUnsent(task, { catalog, translate, getTitle })
  const send = () => {
    // The entry itself shows the outcome.
    outbox.sendAgain(key).catch(() => {})
  }
  return (
    <li
      className="brandkit-row"
      data-phase="unsent"
      data-type={input.type}
      data-task-id={key}
      tabIndex={-1}
      aria-label={title}
    >
      <PhaseIcon phase="waiting" />
      <div className="brandkit-row-main">
        <p className="brandkit-title" title={title}>
          <bdi>{title}</bdi>
        </p>
        <div className="brandkit-detail">
          <span className="brandkit-detail-text">{translate(labelOfUnsent(task, connection.state))}</span>
          {now !== null && <span className="brandkit-time">{translate.relative(at - now)}</span>}
        </div>
      </div>
      <div className="brandkit-actions">
        {state === 'old' && <TaskButton action="send" title={title} onClick={send} />}
        <TaskButton action="discard" title={title} data-quiet onClick={() => outbox.discard(key)} />
      </div>
    </li>
  )
}
