import { type ReactNode, useEffect } from 'react'
import { Icon, type IconName } from './icon.tsx'

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
