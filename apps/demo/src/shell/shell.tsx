import type { ReactNode } from 'react'
import type { Person } from '../session/session-api.ts'
import { BrandMark } from './brand-mark.tsx'
import { Link } from './link.tsx'

/** What is around every page: the studio's name, its sections, and who is signed in. */
export function Shell({ user, onSignOut, children }: { user: Person; onSignOut: () => void; children: ReactNode }) {
  return (
    <div className="shell">
      <a className="skip" href="#content">
        Skip to content
      </a>
      <header className="top">
        <Link href="/media-plan" className="home" aria-label="Brand studio, home">
          <BrandMark />
        </Link>
        <nav aria-label="Sections">
          <Link href="/media-plan" aria-current="page">
            Media Plan
          </Link>
        </nav>
        <div className="who">
          <span className="avatar" data-person={user.id} aria-hidden="true">
            {user.name.charAt(0)}
          </span>
          <span className="who-name">
            {user.name}
            <span className="soft"> {user.brandName}</span>
          </span>
          <button type="button" className="quiet" onClick={onSignOut}>
            Sign out
          </button>
        </div>
      </header>
      <main id="content" className="content" tabIndex={-1}>
        {children}
      </main>
    </div>
  )
}
