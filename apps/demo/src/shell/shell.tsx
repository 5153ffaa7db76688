import { lazy, type ReactNode, Suspense, useCallback, useEffect, useRef, useSyncExternalStore } from 'react'
import { usePathname } from 'wouter/use-browser-location'
import { t } from '../language/language.ts'
import { Icon } from '../parts/icon.tsx'
import { Link } from '../parts/link.tsx'
import { BrandMark } from '../parts/page-parts.tsx'
import { Preferences } from '../parts/preferences.tsx'
import type { Person } from '../session/use-session.ts'
import { PaletteButton, usePalette } from './palette-button.tsx'
import { Navigation } from './navigation.tsx'

// Loaded with its first use.
const CommandPalette = lazy(async () => ({ default: (await import('./command-palette.tsx')).CommandPalette }))

interface ShellProps {
  user: Person
  onSignOut: () => void
  children: ReactNode
}

/** The frame of every page: the studio's name, its sections, and the signed-in user. */
export function Shell({ user, onSignOut, children }: ShellProps) {
  const isWide = useMediaQuery('(min-width: 60rem)')
  const main = useRef<HTMLElement>(null)
  const place = usePathname().replace(/\/new$/, '')
  const lastPlace = useRef(place)
  const palette = usePalette()

  useEffect(() => {
    if (lastPlace.current === place) return
    lastPlace.current = place
    // Moves the focus to the new page, as a page load would.
    main.current?.focus({ preventScroll: true })
  }, [place])

  return (
    <div className="shell">
      <a className="skip" href="#content">
        {t('Skip to content')}
      </a>
      <header className="side">
        <Link href="/" className="home" aria-label={t('Brand studio, home')}>
          <BrandMark />
        </Link>
        {isWide && <PaletteButton onOpen={palette.open} />}
        {isWide && <Navigation user={user} />}
        {isWide && <Who user={user} onSignOut={onSignOut} />}
        {!isWide && (
          // Closes the menu when the place changes.
          <Menu key={place}>
            <PaletteButton onOpen={palette.open} />
            <Navigation user={user} />
            <Who user={user} onSignOut={onSignOut} />
          </Menu>
        )}
      </header>
      {palette.isOpen && (
        <Suspense>
          <CommandPalette user={user} onClose={palette.close} />
        </Suspense>
      )}
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
          {user.brandName}, {t(user.tier)}
        </span>
      </span>
      <button type="button" className="quiet" onClick={onSignOut}>
        {t('Sign out')}
      </button>
      <Preferences />
    </div>
  )
}

/** On a phone a button opens the navigation in a native dialog, which keeps the focus and closes on Escape. */
function Menu({ children }: { children: ReactNode }) {
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
        {t('Menu')}
      </button>
      <dialog ref={dialog} className="menu" aria-label={t('Menu')} closedby="any">
        <div className="menu-content">
          <button type="button" className="quiet menu-close" onClick={() => dialog.current?.close()}>
            <Icon name="close" />
            {t('Close menu')}
          </button>
          {children}
        </div>
      </dialog>
    </>
  )
}

/** Whether a media query matches now. */
function useMediaQuery(query: string): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const list = matchMedia(query)
      list.addEventListener('change', listener)
      return () => list.removeEventListener('change', listener)
    },
    [query],
  )
  return useSyncExternalStore(subscribe, () => matchMedia(query).matches)
}
