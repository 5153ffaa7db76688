import { lazy, type ReactNode, Suspense, useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { usePathname } from 'wouter/use-browser-location'
import { t } from '../language/language.ts'
import { BrandMark, Icon, type IconName } from '../parts/page-parts.tsx'
import { Link } from '../navigation/addresses.tsx'
import { Preferences } from '../parts/preferences.tsx'
import { SECTION_GROUPS } from '../sections/section.ts'
import { SECTIONS } from '../sections/sections.ts'
import type { Person } from '../session/use-session.ts'

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
          <bdi>{user.brandName}</bdi> · {t(user.tier)}
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

/** All pages of the studio. Only operators see the operators' desk. */
function Navigation({ user }: { user: Person }) {
  return (
    <nav className="navigation" aria-label={t('Sections')}>
      <ul>
        <NavigationLink href="/" icon="home" name={t('Overview')} />
      </ul>
      {SECTION_GROUPS.map((group) => (
        <div key={group}>
          <h2 id={`group-${group}`}>{t(group)}</h2>
          <ul aria-labelledby={`group-${group}`}>
            {SECTIONS.filter((section) => section.group === group).map(({ path, icon, name }) => (
              <NavigationLink key={path} href={`/${path}`} icon={icon} name={t(name)} />
            ))}
          </ul>
        </div>
      ))}
      <div>
        <h2 id="group-work">{t('Work')}</h2>
        <ul aria-labelledby="group-work">
          <NavigationLink href="/history" icon="history" name={t('History')} />
          {user.role === 'operator' && <NavigationLink href="/ops" icon="gauge" name={t('Operations')} />}
        </ul>
      </div>
    </nav>
  )
}

function NavigationLink({ href, icon, name }: { href: string; icon: IconName; name: string }) {
  const pathname = usePathname()
  const isHere = href === '/' ? pathname === '/' : pathname === href || pathname.startsWith(`${href}/`)
  return (
    <li>
      <Link href={href} aria-current={isHere ? 'page' : undefined}>
        <Icon name={icon} />
        {name}
      </Link>
    </li>
  )
}

/** Apple keyboards have ⌘ where others have Ctrl. */
const isApple = /Mac|iPhone|iPad/.test(globalThis.navigator?.userAgent ?? '')

/** Whether the command palette is open. ⌘K or Ctrl K opens and closes it, unless another dialog is open. */
function usePalette(): { isOpen: boolean; open: () => void; close: () => void } {
  const [isOpen, setIsOpen] = useState(false)
  useEffect(() => {
    const toggle = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(isApple ? event.metaKey : event.ctrlKey)) return
      event.preventDefault()
      setIsOpen((before) => !before && document.querySelector('dialog[open]:not(.menu)') === null)
    }
    document.addEventListener('keydown', toggle)
    return () => document.removeEventListener('keydown', toggle)
  }, [])
  return { isOpen, open: () => setIsOpen(true), close: () => setIsOpen(false) }
}

/** Opens the palette, and says its keys. */
function PaletteButton({ onOpen }: { onOpen: () => void }) {
  return (
    <button
      type="button"
      className="secondary palette-button"
      aria-keyshortcuts={isApple ? 'Meta+K' : 'Control+K'}
      onClick={onOpen}
    >
      <Icon name="search" />
      {t('Go to or start…')}
      <kbd aria-hidden="true">{isApple ? '⌘K' : 'Ctrl K'}</kbd>
    </button>
  )
}
