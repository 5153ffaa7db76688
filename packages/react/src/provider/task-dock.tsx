'use client'

import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import { createPortal } from 'react-dom'
import { useTaskContext } from './use-task-context.js'

export type DockPosition = 'bottom-end' | 'bottom-start'

interface Dock {
  toasts: HTMLElement | null
  indicator: HTMLElement | null
  setPosition: (position: DockPosition) => void
}

const DockContext = createContext<Dock>({ toasts: null, indicator: null, setPosition: () => {} })

/** The corner of the page where toasts stack above the pill, wherever an app renders the two components. */
export function TaskDock({ children }: { children: ReactNode }): ReactNode {
  const { texts } = useTaskContext()
  const [toasts, setToasts] = useState<HTMLElement | null>(null)
  const [indicator, setIndicator] = useState<HTMLElement | null>(null)
  const [position, setPosition] = useState<DockPosition>('bottom-end')
  const dock = useMemo(() => ({ toasts, indicator, setPosition }), [toasts, indicator])

  return (
    <DockContext.Provider value={dock}>
      {children}
      <div className="brandkit-dock" lang={texts.lang} data-position={position}>
        <div className="brandkit-dock-place" ref={setToasts} />
        <div className="brandkit-dock-place brandkit-dock-indicator" ref={setIndicator} />
      </div>
    </DockContext.Provider>
  )
}

interface InDockProps {
  place: 'toasts' | 'indicator'
  position?: DockPosition | undefined
  children: ReactNode
}

/** Renders its children inside the dock. Renders nothing on the server, which has no tasks to show. */
export function InDock({ place, position, children }: InDockProps): ReactNode {
  const { setPosition, [place]: target } = useContext(DockContext)
  useEffect(() => {
    if (position) setPosition(position)
  }, [position, setPosition])

  return target ? createPortal(children, target) : null
}
