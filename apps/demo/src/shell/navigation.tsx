import { usePathname } from 'wouter/use-browser-location'
import { t } from '../language/language.ts'
import { Icon, type IconName } from '../parts/icon.tsx'
import { Link } from '../parts/link.tsx'
import { SECTION_GROUPS } from '../sections/section.ts'
import { SECTIONS } from '../sections/sections.ts'
import type { Person } from '../session/use-session.ts'

/** All pages of the studio. Only operators see the operators' desk. */
export function Navigation({ user }: { user: Person }) {
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
