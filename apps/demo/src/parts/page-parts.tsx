import { type ReactNode, useEffect, useId, useRef } from 'react'
import { t } from '../language/language.ts'

/** Names the page in the browser's tab. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Brand studio`
  }, [title])
}

interface PageHeadProps {
  icon: IconName
  title: string
  /** The purpose of the page, in a sentence or two. */
  lead: string
  /** The button for the main action. */
  children?: ReactNode
}

/** The head of a page: its icon, its name, and its purpose. */
export function PageHead({ icon, title, lead, children }: PageHeadProps) {
  return (
    <header className="page-head">
      <span className="page-sign">
        <Icon name={icon} />
      </span>
      <div>
        <h1>{title}</h1>
        <p className="soft">{lead}</p>
      </div>
      {children}
    </header>
  )
}

/** The studio's logo: three rising bars. */
export function BrandMark() {
  return (
    <span className="brand-mark">
      <svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
        <rect width="32" height="32" rx="9" className="brand-mark-ground" />
        <rect x="8" y="17" width="4" height="8" rx="2" className="brand-mark-bar" />
        <rect x="14" y="12" width="4" height="13" rx="2" className="brand-mark-bar" />
        <rect x="20" y="7" width="4" height="18" rx="2" className="brand-mark-highlight" />
      </svg>
      Brand studio
    </span>
  )
}

/** An error in a sentence; screen readers read it aloud as it appears. */
export function Problem({ sentence, children }: { sentence: string; children?: ReactNode }) {
  return (
    <p role="alert" className="problem">
      {sentence} {children}
    </p>
  )
}

/** Icons on a grid of 24 with lines of 1.75. */
const PATHS = {
  home: 'M4 11.5 12 5l8 6.5M6 10v9h12v-9M10 19v-5h4v5',
  calendar: 'M5 6h14v13H5zM5 10h14M9 4v4M15 4v4M9 14h2M13 14h2',
  palette:
    'M12 4a8 8 0 1 0 0 16c1.4 0 2-.9 2-1.8 0-1.4-1-1.7-1-2.7s.8-1.5 2-1.5h2a3 3 0 0 0 3-3c0-4-3.600-7-8-7zM8.500 9.500h.01M12.500 7.800h.01M16 10h.01M7.600 13.500h.01',
  people:
    'M9 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM3.500 19c.4-3 2.500-5 5.500-5s5.100 2 5.500 5M16 11a2.500 2.500 0 1 0-1-4.800M17 14.200c2 .5 3.300 2.200 3.500 4.800',
  funnel: 'M4 5h16l-6 7.500V19l-4-2v-4.500z',
  posts: 'M5 4h14v9H5zM5 16.500h9M5 20h6M8 10l2.500-3 2 2 1.500-1.500L16 10',
  spark:
    'M12 3.500 13.800 9l5.700 1.800-5.700 2L12 18.500l-1.800-5.700-5.700-2L10.200 9zM18.500 16.500v4M16.500 18.500h4',
  box: 'M12 3.500 19.500 7.500v9L12 20.500l-7.500-4v-9zM4.500 7.500 12 11.500l7.500-4M12 11.500v9',
  thumb:
    'M8 11v8H5v-8zM8 11l4-7c1.300 0 2 .9 2 2.200V10h4.500c1 0 1.700.9 1.500 1.900l-1.200 5.600c-.2.900-.9 1.500-1.800 1.500H8',
  chart: 'M4 4v16h16M7.500 15l3.500-4 3 2.500L19 7.500M15.500 7.500H19V11',
  globe:
    'M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM4 12h16M12 4c2.400 2.300 3.500 5 3.500 8s-1.100 5.700-3.500 8c-2.400-2.300-3.500-5-3.500-8S9.600 6.300 12 4z',
  history: 'M4.500 12a7.500 7.500 0 1 0 2.300-5.400L4.500 9M4.500 5v4h4M12 8v4.300l3 1.700',
  gauge: 'M4.500 17a8.500 8.500 0 1 1 15 0M12 14l3.500-4.500M12 15.500a1.500 1.500 0 1 0 0-3 1.500 1.500 0 0 0 0 3z',
  layers: 'M12 4 20 8.500 12 13 4 8.500zM4 12.500 12 17l8-4.500M4 16.500 12 21l8-4.500',
  menu: 'M4 7h16M4 12h16M4 17h16',
  wrench: 'M14.500 6.500a4 4 0 0 1 5-1.500l-2.500 2.500.5 2 2 .5L22 7.500a4 4 0 0 1-5.500 5L9 20a2 2 0 0 1-3-3z',
  close: 'M6 6l12 12M18 6 6 18',
  plus: 'M12 5v14M5 12h14',
  arrow: 'M5 12h14M13 6l6 6-6 6',
  back: 'M19 12H5M11 6l-6 6 6 6',
  save: 'M12 4v11M7.500 11 12 15.500 16.500 11M5 19.500h14',
  copy: 'M9 9h10v10H9zM5 15V5h10',
  search: 'M11 17a6 6 0 1 0 0-12 6 6 0 0 0 0 12zM15.500 15.500 20 20',
} as const

export type IconName = keyof typeof PATHS

/** A decorative icon beside words; screen readers skip it. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" data-icon={name} viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  )
}

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
