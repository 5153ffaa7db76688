import { type ReactNode, useEffect, useId, useRef } from 'react'
import { t } from '../language/language.ts'

interface FormDialogProps {
  title: string
  onClose: () => void
  children: ReactNode
}

/** A native modal dialog: the browser traps the focus, closes on Escape, and blocks the page behind it. */
export function FormDialog({ title, onClose, children }: FormDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const opener = useRef<Element>(null)
  const id = useId()

  useEffect(() => {
    const element = dialog.current
    if (!element || element.open) return
    opener.current ??= document.activeElement
    element.showModal()
  }, [])
  // A dialog that is removed instead of closed does not give the focus back, so this does.
  useEffect(() => () => giveBackFocus(opener.current), [])

  return (
    <dialog ref={dialog} className="dialog" aria-labelledby={id} onClose={onClose}>
      <div className="dialog-head">
        <h2 id={id}>{title}</h2>
        <button type="button" className="quiet" aria-label={t('Close')} onClick={onClose}>
          ✕
        </button>
      </div>
      {children}
    </dialog>
  )
}

function giveBackFocus(element: Element | null): void {
  if (element instanceof HTMLElement) element.focus()
}
