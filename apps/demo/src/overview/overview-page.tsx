import { BatchButton } from '../batch/batch-button.tsx'
import { brandProfile } from '../brands/brand-profile.ts'
import { SECTION_GROUPS } from '../sections/section.ts'
import { SECTIONS } from '../sections/sections.ts'
import type { Person } from '../session/session-api.ts'
import { Icon } from '../shell/icon.tsx'
import { Link } from '../shell/link.tsx'
import { usePageTitle } from '../shell/use-page-title.ts'
import { TaskList } from '../tasks/task-list.tsx'
import { useHistory } from '../tasks/use-history.ts'

const LATEST = 5
const EVERYTHING = {}

/** Where one arrives: the brand, what the studio can do for it, and what was asked for last. */
export function OverviewPage({ user }: { user: Person }) {
  usePageTitle('Overview')
  const { tasks } = useHistory(EVERYTHING)
  const { industry, description } = brandProfile(user.brandId)

  return (
    <>
      <header className="hero">
        <p className="eyebrow">{industry}</p>
        <h1>What shall we make for {user.brandName}?</h1>
        <p className="soft">{description}</p>
        <BatchButton user={user} />
      </header>
      {SECTION_GROUPS.map((group) => (
        <ul key={group} className="section-tiles" aria-label={group}>
          {SECTIONS.filter((section) => section.group === group).map(({ path, icon, plural, lead, invitation }) => (
            <li key={path} className="section-tile">
              <span className="page-sign">
                <Icon name={icon} />
              </span>
              <h2>{plural}</h2>
              <p className="soft">{lead}</p>
              <Link href={`/${path}/new`}>
                {invitation}
                <Icon name="arrow" />
              </Link>
            </li>
          ))}
        </ul>
      ))}
      {tasks.length > 0 && (
        <section className="desk" aria-labelledby="latest">
          <h2 id="latest">Latest</h2>
          <TaskList tasks={tasks.slice(0, LATEST)} label="Your latest tasks" columns="all-types" />
        </section>
      )}
    </>
  )
}
