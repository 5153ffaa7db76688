import { type ReactNode, useRef } from 'react'
import { Icon } from './icon.tsx'

/** On a phone the navigation waits behind a button. A native dialog: focus stays in it, Escape closes it. */
export function Menu({ children }: { children: ReactNode }) {
  const dialog = useRef<HTMLDialogElement>(null)
  return (
    <>
      <button
        type="button"
        className="quiet menu-button"
        aria-haspopup="dialog"
        onClick={() => dialog.current?.showModal()}
      >
        <Icon name="menu" />
        Menu
      </button>
      <dialog ref={dialog} className="menu" aria-label="Menu" closedby="any">
        <div className="menu-content">
          <button type="button" className="quiet menu-close" onClick={() => dialog.current?.close()}>
            <Icon name="close" />
            Close menu
          </button>
          {children}
        </div>
      </dialog>
    </>
  )
}
