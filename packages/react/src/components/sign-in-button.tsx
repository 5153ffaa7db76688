'use client'

import { describeError } from '@brandkit/core'
import { type ReactNode, useRef } from 'react'
import { useTaskContext } from '../provider/use-task-context.js'
import { useTranslate } from '../provider/use-translate.js'
import { useFocusHandover } from './use-focus-handover.js'

interface SignInButtonProps {
  /** Called when the button goes with the focus in it, because the user has signed in. */
  onFocusLost: (from: HTMLElement) => void
}

/** Lets a signed-out user sign in. Renders nothing if the app has no `onSignIn`. */
export function SignInButton({ onFocusLost }: SignInButtonProps): ReactNode {
  const translate = useTranslate()
  const { signIn, logger } = useTaskContext()
  const button = useRef<HTMLButtonElement>(null)
  useFocusHandover(button, onFocusLost)
  const begin = () => {
    // The user is signed out still, which the page says already; the log keeps the cause.
    signIn?.().catch((error: unknown) =>
      logger.scope('TaskContext').warn('onSignIn failed', { error: describeError(error) }),
    )
  }
  return (
    signIn && (
      <button ref={button} type="button" className="brandkit-button" onClick={begin}>
        {translate('action.signIn')}
      </button>
    )
  )
}
