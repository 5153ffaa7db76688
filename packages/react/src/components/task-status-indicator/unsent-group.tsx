'use client'

import type { ReactNode } from 'react'
import type { UnsentTask } from '@brandkit/client'
import { useTaskConnection } from '../../hooks/use-task-connection.js'
import { useNow } from '../../provider/use-now.js'
import { useTranslate } from '../../provider/use-translate.js'
import { useTaskContext } from '../../provider/use-task-context.js'
import type { Looks } from '../looks.js'
import { CrossButton } from '../cross-button.js'
import { PhaseIcon } from '../phase-icon.js'
import { RefusedActions } from '../refused-actions.js'
import { TaskButton } from '../task-button.js'
import { TraceId } from '../task-parts/task-failure.js'
import { labelOfUnsent, titleOfUnsent } from '../../labels/unsent-task.js'
import { GroupTitle } from './group-title.js'

interface UnsentGroupProps {
  id: string
  name: 'unsent' | 'refused'
  unsent: readonly UnsentTask[]
  looks: Looks
}

/** Tasks that exist only on this device: until it has a connection, or because the server does not take them. */
export function UnsentGroup({ id, name, unsent, looks }: UnsentGroupProps): ReactNode {
  if (unsent.length === 0) return null
  return (
    <div className="brandkit-group" data-group={name}>
      <div className="brandkit-group-header">
        <GroupTitle id={id} name={name} count={unsent.length} />
      </div>
      <ul className="brandkit-rows" aria-labelledby={id}>
        {unsent.map((task) => (
          <UnsentRow key={task.key} task={task} looks={looks} />
        ))}
      </ul>
    </div>
  )
}

function UnsentRow({ task, looks: { getTitle } }: { task: UnsentTask; looks: Looks }) {
  const { key, input, at, state, refusal } = task
  const translate = useTranslate()
  const { outbox, catalog } = useTaskContext()
  const connection = useTaskConnection()
  const now = useNow()
  const title = titleOfUnsent(task, { catalog, translate, getTitle })
  const send = () => {
    // The entry itself shows the outcome.
    outbox.sendAgain(key).catch(() => {})
  }
  const discard = () => outbox.discard(key)
  return (
    <li
      className="brandkit-row"
      data-phase={refusal ? 'failed' : 'unsent'}
      data-type={input.type}
      data-task-id={key}
      tabIndex={-1}
      aria-label={title}
    >
      <PhaseIcon phase={refusal ? 'failed' : 'waiting'} />
      <div className="brandkit-row-main">
        <p className="brandkit-title" title={title}>
          <bdi>{title}</bdi>
        </p>
        <div className="brandkit-detail">
          {!refusal && <span className="brandkit-detail-text">{translate(labelOfUnsent(task, connection.state))}</span>}
          {now !== null && <span className="brandkit-time">{translate.relative(at - now)}</span>}
        </div>
      </div>
      <div className="brandkit-actions">
        {state === 'old' && <TaskButton action="send" title={title} onClick={send} />}
        {refusal ? (
          <CrossButton label={translate('action.dismissTask', { title })} onClick={discard} />
        ) : (
          <TaskButton action="discard" title={title} data-quiet onClick={discard} />
        )}
      </div>
      {refusal && (
        <div className="brandkit-row-more">
          <div className="brandkit-failure">
            <p className="brandkit-failure-cause">{translate.problem(refusal)}</p>
            <div className="brandkit-failure-action">
              <RefusedActions unsent={task} title={title} />
            </div>
            <TraceId traceId={task.traceId} />
          </div>
        </div>
      )}
    </li>
  )
}
