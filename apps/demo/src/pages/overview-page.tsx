import { type CreateTask, createTraceId, type TaskError } from '@brandkit/core'
import { useMutation, type UseMutationResult } from '@tanstack/react-query'
import { log, taskService } from '../network/task-service.ts'
import { Icon } from '../parts/icon.tsx'
import { Link, navigate } from '../parts/link.tsx'
import { Problem, usePageTitle } from '../parts/page-parts.tsx'
import { brandProfile } from '../sections/brand-profile.ts'
import { inWorkingOrder } from '../sections/in-working-order.ts'
import { SECTION_GROUPS } from '../sections/section.ts'
import { SECTIONS } from '../sections/sections.ts'
import type { Person } from '../session/use-session.ts'
import { TaskList } from '../tasks/task-list.tsx'
import { toTags } from '../tasks/to-tags.ts'
import { useHistory } from '../tasks/use-history.ts'

const LATEST = 5
const EVERYTHING = {}

/** The first page: the brand, the studio's offers for it, and the latest tasks. */
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

/** The action "All ten for this brand", which opens the page with their joint progress. */
function BatchButton({ user }: { user: Person }) {
  const create = useCreateBatch(user)
  return (
    <div className="batch-button">
      <button
        type="button"
        className="button"
        disabled={create.isPending}
        onClick={() => create.mutate(undefined, { onSuccess: (batchId) => navigate(`/batch/${batchId}`) })}
      >
        <Icon name="layers" />
        {create.isPending ? 'Sending…' : `All ten for ${user.brandName}`}
      </button>
      {create.error && <Problem sentence={create.error.message} />}
    </div>
  )
}

/** Creates one task of each type for the user's brand in one request; some wait for others. Resolves with the batch's id. */
function useCreateBatch({ brandId, brandName }: Person): UseMutationResult<string, TaskError, void> {
  return useMutation({
    async mutationFn() {
      const traceId = createTraceId()
      log.scope('BackgroundTask').info('handleGenerateEverything called', { traceId })
      const brand = brandProfile(brandId)
      const today = new Date()
      const inputs = inWorkingOrder(SECTIONS).map(({ section, after }) => {
        const payload = section.example(brand, today)
        return { type: section.type, brandId, payload, tags: toTags({ brandName, payload }), after } as CreateTask
      })
      const { batchId } = await taskService.createBackgroundTasks(inputs, { traceId })
      return batchId
    },
    networkMode: 'always',
  })
}
