import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon.tsx'

interface PageHeadProps {
  icon: IconName
  title: string
  /** What the page is for, in a sentence or two. */
  lead: string
  /** The button of what one does here first. */
  children?: ReactNode
}

/** How a page begins: its sign, its name, and what it is for. */
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
