'use client'

import type { ReactNode } from 'react'
import { useTaskConnection } from '../../hooks/use-task-connection.js'
import { useNow } from '../../provider/use-now.js'
import { useTranslate } from '../../provider/use-translate.js'
import { SignInButton } from '../sign-in-button.js'

/**
 * Says that the list is out of date, and that the tasks themselves go on. Offers a signed-out user to sign in, if the app
 * can. Renders nothing while the list is up to date.
 */
export function ConnectionNote(): ReactNode {
  const translate = useTranslate()
  const { state, lastUpdatedAt } = useTaskConnection()
  const now = useNow()
  if (state !== 'offline' && state !== 'auth-required') return null

  const key = state === 'offline' ? 'offline' : 'signedOut'
  return (
    <div className="brandkit-note" data-connection={state}>
      <p className="brandkit-note-title">{translate(`connection.${key}`)}</p>
      <p>
        {translate(`connection.${key}Hint`)}
        {now !== null && lastUpdatedAt && (
          <span className="brandkit-note-time">
            {translate('connection.lastUpdated', { time: translate.relative(lastUpdatedAt.getTime() - now) })}
          </span>
        )}
      </p>
      {state === 'auth-required' && <SignInButton onFocusLost={focusPanel} />}
    </div>
  )
}

/** The note goes with its button, so the focus moves to the first control around it. */
function focusPanel(from: HTMLElement) {
  from.closest('.brandkit-panel, .brandkit-inline')?.querySelector<HTMLElement>('button, input')?.focus()
}
