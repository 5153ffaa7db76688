'use client'

import type { KeyboardEvent, ReactNode } from 'react'

interface QuestionProps {
  text: string
  yes: string
  no: string
  onYes: () => void
  onNo: () => void
}

/**
 * Asks once, in place, before something that cannot be taken back. The focus begins at the answer that changes nothing, and
 * Escape gives that answer.
 */
export function Question({ text, yes, no, onYes, onNo }: QuestionProps): ReactNode {
  const refuseOnEscape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    event.stopPropagation()
    onNo()
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- catches Escape of the buttons inside
    <div className="brandkit-confirm" role="group" aria-label={text} onKeyDown={refuseOnEscape}>
      <span className="brandkit-confirm-text">{text}</span>
      <button type="button" className="brandkit-button" data-danger onClick={onYes}>
        {yes}
      </button>
      <button ref={takeFocus} type="button" className="brandkit-button" onClick={onNo}>
        {no}
      </button>
    </div>
  )
}

/** For a button that replaces the pressed one: the focus must move to the new button. */
export function takeFocus(button: HTMLButtonElement | null): void {
  button?.focus()
}
