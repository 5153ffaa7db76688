import { type CreateTask, createTraceId, type TaskError } from '@brandkit/core'
import { useMutation, type UseMutationResult } from '@tanstack/react-query'
import { t } from '../language/language.ts'
import { log, taskService } from '../network/task-service.ts'
import { toRefusal } from '../form/draft.ts'
import { Icon, Problem, usePageTitle } from '../parts/page-parts.tsx'
import { Link, navigate } from '../navigation/addresses.tsx'
import { brandProfile } from '../sections/brand-profile.ts'
import { SECTION_GROUPS } from '../sections/section.ts'
import { taskPath } from '../sections/section-path.ts'
import { inWorkingOrder, SECTIONS, toTags } from '../sections/sections.ts'
import type { Limits, Person } from '../session/use-session.ts'
import { TaskList, useHistory } from '../tasks/task-list.tsx'

const LATEST = 5
const EVERYTHING = {}

/** The first page: the brand, the studio's offers for it, and the latest tasks. */
export function OverviewPage({ user, limits }: { user: Person; limits: Limits | undefined }) {
  usePageTitle(t('Overview'))
  const { tasks } = useHistory(EVERYTHING)
  const { industry, description } = brandProfile(user.brandId)

  return (
    <>
      <header className="hero">
        <p className="eyebrow" dir="auto">
          {industry}
        </p>
        <h1>{t('What shall we make for {brand}?', { brand: user.brandName })}</h1>
        <p className="soft" dir="auto">
          {description}
        </p>
        <BatchButton user={user} />
        {limits && (
          <p className="soft">
            {t('{running} of your tasks run at once, the others wait their turn. You can start {perMinute} a minute.', {
              running: limits.runningPerUser,
              perMinute: limits.createPerMinute,
            })}
          </p>
        )}
      </header>
      {SECTION_GROUPS.map((group) => (
        <ul key={group} className="section-tiles" aria-label={t(group)}>
          {SECTIONS.filter((section) => section.group === group).map(({ path, icon, plural, lead, invitation }) => (
            <li key={path} className="section-tile">
              <span className="page-sign">
                <Icon name={icon} />
              </span>
              <h2>{t(plural)}</h2>
              <p className="soft">{t(lead)}</p>
              <Link href={`/${path}/new`}>
                {t(invitation)}
                <Icon name="arrow" />
              </Link>
            </li>
          ))}
        </ul>
      ))}
      {tasks.length > 0 && (
        <section className="desk" aria-labelledby="latest">
          <h2 id="latest">{t('Latest')}</h2>
          <TaskList tasks={tasks.slice(0, LATEST)} label={t('Your latest tasks')} columns="all-types" />
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
        {create.isPending ? t('Sending…') : t('All ten for {brand}', { brand: user.brandName })}
      </button>
      {create.error && <BatchRefusal error={create.error} />}
    </div>
  )
}

/** Why none of them was made. Only the brand kit is made once at a time, so it is the task that is the reason. */
function BatchRefusal({ error }: { error: TaskError }) {
  const { sentence, runningTaskId } = toRefusal(error)
  return (
    <Problem sentence={sentence}>
      {runningTaskId !== undefined && (
        <Link href={taskPath({ taskId: runningTaskId, type: 'GENERATE_BRAND_KIT' })}>
          {t('See it: {name}', { name: t('Brand Kit') })}
        </Link>
      )}
    </Problem>
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
