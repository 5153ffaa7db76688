'use client'

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
  const { signIn } = useTaskContext()
  const button = useRef<HTMLButtonElement>(null)
  useFocusHandover(button, onFocusLost)
  return (
    signIn && (
      <button ref={button} type="button" className="brandkit-button" onClick={() => void signIn()}>
        {translate('action.signIn')}
      </button>
    )
  )
}
