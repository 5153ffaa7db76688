import { type ReactNode, useEffect, useRef } from 'react'
import { usePathname } from 'wouter/use-browser-location'
import type { Person } from '../session/session-api.ts'
import { BrandMark } from './brand-mark.tsx'
import { Link } from './link.tsx'
import { Menu } from './menu.tsx'
import { Navigation } from './navigation.tsx'
import { useMediaQuery } from './use-media-query.ts'

interface ShellProps {
  user: Person
  onSignOut: () => void
  children: ReactNode
}

/** What is around every page: the studio's name, its sections, and who is signed in. */
export function Shell({ user, onSignOut, children }: ShellProps) {
  const isWide = useMediaQuery('(min-width: 60rem)')
  const main = useRef<HTMLElement>(null)
  const place = usePathname().replace(/\/new$/, '')
  const lastPlace = useRef(place)

  useEffect(() => {
    if (lastPlace.current === place) return
    lastPlace.current = place
    // Reading and tabbing go on in the new page, as after a page load.
    main.current?.focus({ preventScroll: true })
  }, [place])

  return (
    <div className="shell">
      <a className="skip" href="#content">
        Skip to content
      </a>
      <header className="side">
        <Link href="/" className="home" aria-label="Brand studio, home">
          <BrandMark />
        </Link>
        {isWide && <Navigation user={user} />}
        {isWide && <Who user={user} onSignOut={onSignOut} />}
        {!isWide && (
          // Another place, another menu, which is closed.
          <Menu key={place}>
            <Navigation user={user} />
            <Who user={user} onSignOut={onSignOut} />
          </Menu>
        )}
      </header>
      <main id="content" ref={main} className="content" tabIndex={-1}>
        {children}
      </main>
    </div>
  )
}

function Who({ user, onSignOut }: Omit<ShellProps, 'children'>) {
  return (
    <div className="who">
      <span className="avatar" data-person={user.id} aria-hidden="true">
        {user.name.charAt(0)}
      </span>
      <span className="who-name">
        <strong>{user.name}</strong>
        <span className="soft">
          {user.brandName}, {user.tier}
        </span>
      </span>
      <button type="button" className="quiet" onClick={onSignOut}>
        Sign out
      </button>
    </div>
  )
}
