'use client'

import type { FocusEvent, ReactNode } from 'react'
import { usePageTranslate } from '../../provider/use-page-translate.js'
import type { PartState } from '../looks.js'
import type { RowHandlers } from './history-row.js'

interface DeletedRowProps {
  taskId: string
  title: string
  state: PartState
  handlers: Pick<RowHandlers, 'undo' | 'hold' | 'release'>
}

/** A row whose task will be deleted soon, and can still be kept. The time stands still while the user is here. */
export function DeletedRow({ taskId, title, state, handlers }: DeletedRowProps): ReactNode {
  const translate = usePageTranslate()
  const { hold, release, undo } = handlers
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the time stands still; nothing is pressed
    <li
      className="brandkit-row brandkit-row-deleted"
      data-phase={state.phase}
      data-type={state.type}
      data-task-id={taskId}
      tabIndex={-1}
      aria-label={translate('history.deleted', { title })}
      onPointerEnter={() => hold(taskId)}
      onPointerLeave={() => release(taskId)}
      onFocus={({ target }: FocusEvent) => {
        // A mouse user has pressed the button that was here, and does not come by keyboard.
        if (target.matches(':focus-visible')) hold(taskId)
      }}
      onBlur={() => release(taskId)}
    >
      <p className="brandkit-row-deleted-text">
        <bdi>{translate('history.deleted', { title })}</bdi>
      </p>
      <button ref={takeFocus} type="button" className="brandkit-button" onClick={() => undo(taskId)}>
        {translate('history.undo')}
      </button>
    </li>
  )
}

/** The pressed button is gone, so the focus moves to the one that takes it back. */
function takeFocus(button: HTMLButtonElement | null) {
  if (document.activeElement === document.body) button?.focus()
}
