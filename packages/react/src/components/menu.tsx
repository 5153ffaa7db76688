'use client'

import { type KeyboardEvent, type ReactNode, type RefObject, useId, useRef, useState } from 'react'
import { useMenuPlace } from './use-menu-place.js'

export interface MenuItem {
  label: string
  isDangerous?: boolean | undefined
  onSelect: () => void
}

interface MenuProps {
  /** Names the button: what the menu is about. */
  label: string
  items: readonly MenuItem[]
}

/**
 * A button that opens a menu (ARIA Authoring Practices, "Menu Button"): arrows, Home, End and first letters move, Escape and
 * Tab leave. The menu is in the top layer, so that no scrolling list cuts it off.
 */
export function Menu({ label, items }: MenuProps): ReactNode {
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  const [openAt, setOpenAt] = useState<'first' | 'last' | null>(null)
  const close = () => setOpenAt(null)

  const openByKey = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    event.preventDefault()
    setOpenAt(event.key === 'ArrowDown' ? 'first' : 'last')
  }
  return (
    <>
      <button
        ref={button}
        type="button"
        className="brandkit-icon-button"
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={openAt !== null}
        aria-controls={openAt === null ? undefined : id}
        onClick={() => setOpenAt(openAt === null ? 'first' : null)}
        onKeyDown={openByKey}
      >
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <path d="M3 8h.01M8 8h.01M13 8h.01" />
        </svg>
      </button>
      {openAt !== null && (
        <MenuList id={id} label={label} items={items} beginAt={openAt} button={button} onClose={close} />
      )}
    </>
  )
}

interface MenuListProps extends MenuProps {
  id: string
  beginAt: 'first' | 'last'
  button: RefObject<HTMLButtonElement | null>
  onClose: () => void
}

function MenuList({ id, label, items, beginAt, button, onClose }: MenuListProps) {
  const list = useRef<HTMLDivElement>(null)
  useMenuPlace({ list, button, beginAt, onClose })

  const leave = () => {
    button.current?.focus()
    onClose()
  }
  const moveByKey = (event: KeyboardEvent) => {
    // The panel must not close with the menu.
    event.stopPropagation()
    if (event.key === 'Escape') return leave()
    // The focus goes on from the button, as if the menu had never been open.
    if (event.key === 'Tab') return leave()
    const next = nextItem(list.current, event.key)
    if (!next) return undefined
    event.preventDefault()
    return next.focus()
  }
  return (
    <div
      ref={list}
      id={id}
      className="brandkit-menu"
      role="menu"
      aria-label={label}
      tabIndex={-1}
      popover="manual"
      onKeyDown={moveByKey}
    >
      {items.map(({ label: text, isDangerous, onSelect }) => (
        <button
          key={text}
          type="button"
          role="menuitem"
          className="brandkit-menu-item"
          tabIndex={-1}
          data-danger={isDangerous || undefined}
          onClick={() => {
            // First, so that what the action does with the focus stays.
            leave()
            onSelect()
          }}
        >
          {text}
        </button>
      ))}
    </div>
  )
}

/** The item to which a key moves, if it moves at all. The ends are joined. */
function nextItem(list: HTMLElement | null, key: string): HTMLElement | undefined {
  const items = [...(list?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])]
  const current = items.findIndex((item) => item === document.activeElement)
  if (key === 'ArrowDown') return items[(current + 1) % items.length]
  if (key === 'ArrowUp') return items.at(current < 0 ? -1 : current - 1)
  if (key === 'Home') return items[0]
  if (key === 'End') return items.at(-1)
  if (key.length !== 1) return undefined
  const following = [...items.slice(current + 1), ...items.slice(0, current + 1)]
  return following.find((item) => item.textContent?.toLocaleLowerCase().startsWith(key.toLocaleLowerCase()))
}
