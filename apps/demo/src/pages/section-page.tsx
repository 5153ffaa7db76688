import { createTraceId, type NewPayload } from '@brandkit/core'
import type { BrandTaskType } from '@brandkit/core/brand-tasks'
import { useCreateTask, useTaskConnection } from '@brandkit/react'
import { lazy, Suspense, useCallback, useEffect, useRef, useState } from 'react'
import { useSearch } from 'wouter'
import { type Refusal, toRefusal } from '../form/draft.ts'
import { FormDialog, Icon, PageHead, Problem, usePageTitle } from '../parts/page-parts.tsx'
import { t } from '../language/language.ts'
import { log } from '../network/task-service.ts'
import { leaveTo, navigate, replacePath } from '../navigation/addresses.tsx'
import type { Section } from '../sections/section.ts'
import { useTaskWithBrief } from './task-brief.tsx'
import type { Person } from '../session/use-session.ts'
import { MoreButton, TaskList, TaskListSkeleton, useHistory } from '../tasks/task-list.tsx'
import { toTags } from '../sections/sections.ts'

// Loaded on demand, because the form brings the catalog's schemas; pages that only show results do without them.
const TaskForm = lazy(async () => {
  const { config } = await import('zod')
  // Set before any schema is made: zod would first try code made of strings, which the page's Content-Security-Policy
  // forbids.
  config({ jitless: true })
  return { default: (await import('../form/task-form.tsx')).TaskForm }
})

export interface SectionPageProps {
  section: Section
  user: Person
  isFormOpen: boolean
  generation: Generation
}

/** One section: ask for a result, continue with other work, find the result in the list. */
function SectionPage({ section, user, isFormOpen, generation }: SectionPageProps) {
  usePageTitle(t(isFormOpen ? section.formTitle : section.plural))
  const path = `/${section.path}`
  return (
    <>
      <PageHead icon={section.icon} title={t(section.plural)} lead={t(section.lead)}>
        <button type="button" className="button" onClick={() => navigate(`${path}/new`)}>
          <Icon name="plus" />
          {t(section.action)}
        </button>
      </PageHead>
      {/* The answer of a form that was closed meanwhile. */}
      {!isFormOpen && generation.refusal && <Problem sentence={generation.refusal.sentence} />}
      <SectionTasks section={section} />
      {isFormOpen && (
        <SectionForm section={section} user={user} generation={generation} onClose={() => leaveTo(path)} />
      )}
    </>
  )
}

interface SectionFormProps extends Omit<SectionPageProps, 'isFormOpen'> {
  onClose: () => void
}

/** The form in its dialog. The address may name a task whose brief fills it in, as `?edit=` or `?copy=`. */
function SectionForm({ section, user, generation, onClose }: SectionFormProps) {
  const { generate, isPending, refusal, forgetRefusal } = generation
  const address = new URLSearchParams(useSearch())
  const edited = address.get('edit')
  const sourceId = edited ?? address.get('copy')
  const { task, brief, error } = useTaskWithBrief(sourceId)
  const isOpen = useRef(false)
  useEffect(() => {
    isOpen.current = true
    forgetRefusal()
    return () => {
      isOpen.current = false
    }
  }, [forgetRefusal])

  const send = async (payload: Record<string, unknown>) => {
    const isTaken = await generate(payload, {
      tags: toTags({ brandName: user.brandName, payload }),
      // The edited task has its successor; nobody needs to attend to it any more.
      replaces: task?.status === 'completed' ? undefined : (edited ?? undefined),
    })
    if (!isTaken) return false
    // Who has left the form stays at the place that they have gone to.
    if (!isOpen.current) return true
    // The page before the form shows the task whose brief was taken; the new task is in the list.
    if (sourceId === null) onClose()
    else replacePath(`/${section.path}`)
    return true
  }

  const source = task && brief && { task, brief }
  const isReady = sourceId === null || source !== undefined || error !== null
  return (
    <FormDialog title={t(edited === null ? section.formTitle : 'Edit and try again')} onClose={onClose}>
      {sourceId !== null && error && <Problem sentence={t('Its brief cannot be read, so the form starts afresh.')} />}
      {isReady ? (
        <Suspense fallback={<p className="loading">{t('Opening the form…')}</p>}>
          <TaskForm
            key={section.type + (source?.task.taskId ?? '')}
            section={section}
            userId={user.id}
            brandId={user.brandId}
            source={source}
            refusal={refusal}
            isPending={isPending}
            onGenerate={send}
            onClose={onClose}
          />
        </Suspense>
      ) : (
        <p className="loading">{t('Opening the form…')}</p>
      )}
    </FormDialog>
  )
}

/** The Media Plan section, with the names of the request in its log. */
export function MediaPlanPage(props: Omit<SectionPageProps, 'generation'>) {
  const { handleGenerateMediaPlanGroup, ...rest } = useMediaPlanManagement()
  return <SectionPage {...props} generation={{ generate: handleGenerateMediaPlanGroup, ...rest }} />
}

/** The page of any section. */
export function GeneratedSectionPage(props: Omit<SectionPageProps, 'generation'>) {
  const { type, action } = props.section
  // The log names the click on "Generate Brand Kit" handleGenerateBrandKit.
  return <SectionPage {...props} generation={useGeneration(type, `handle${action.replaceAll(' ', '')}`)} />
}

/** The user's tasks in a section, newest first. An empty list invites the user to create the first one. */
function SectionTasks({ section }: { section: Section }) {
  const { tasks, isKnown, error, hasMore, isLoadingMore, loadMore } = useHistory({ type: section.type })
  const isOffline = useTaskConnection().state === 'offline'
  if (!isKnown && tasks.length === 0) {
    if (isOffline)
      return <p className="empty soft">{t('You are offline. What was made before is shown when you are online.')}</p>
    return error ? <Problem sentence={error.message} /> : <TaskListSkeleton />
  }
  if (tasks.length === 0) {
    return (
      <section className="empty">
        <h2>{t('Nothing here yet')}</h2>
        <p className="soft">
          {t(
            'Click “{action}”, then “Fill in an example”: in a few seconds you see what comes out. You can go on, or close the tab, while it is being made.',
            { action: t(section.action) },
          )}
        </p>
      </section>
    )
  }
  return (
    <>
      <TaskList tasks={tasks} label={t(section.plural)} columns="one-type" />
      {(hasMore || (isOffline && !isKnown)) && <MoreButton isLoading={isLoadingMore} onClick={loadMore} />}
    </>
  )
}

interface AboutTask {
  tags: readonly string[]
  /** The task that went wrong, whose place the new one takes. */
  replaces?: string | undefined
}

/** The state of a section's request for work. */
interface Generation {
  /** Creates the task in the background, or keeps it until there is a network; resolves to whether it was taken. */
  generate: (payload: Record<string, unknown>, about: AboutTask) => Promise<boolean>
  isPending: boolean
  refusal: Refusal | null
  forgetRefusal: () => void
}

/**
 * Creates tasks of a type in the background.
 *
 * @param handler the log's name for the click, so that people can find its trace
 */
function useGeneration(type: BrandTaskType, handler: string): Generation {
  const { mutateAsync, isPending } = useCreateTask(type)
  const [refusal, setRefusal] = useState<Refusal | null>(null)

  const generate = useCallback(
    async (payload: Record<string, unknown>, { tags, replaces }: AboutTask): Promise<boolean> => {
      // Made at the click, so that all later log lines of this task share the id with this line.
      const traceId = createTraceId()
      log.scope('BackgroundTask').info(`${handler} called`, { traceId })
      setRefusal(null)
      try {
        // The form has checked the payload against the schema of the type.
        await mutateAsync({ payload: payload as NewPayload<typeof type>, tags, replaces, traceId })
        return true
      } catch (error) {
        setRefusal(toRefusal(error))
        return false
      }
    },
    [mutateAsync, handler],
  )

  const forgetRefusal = useCallback(() => setRefusal(null), [])
  return { generate, isPending, refusal, forgetRefusal }
}

/** Asks for media plans to be made in the background: `[BackgroundTask] handleGenerateMediaPlanGroup called`. */
function useMediaPlanManagement(): Omit<Generation, 'generate'> & {
  handleGenerateMediaPlanGroup: Generation['generate']
} {
  const { generate, ...rest } = useGeneration('GENERATE_MEDIA_PLAN', 'handleGenerateMediaPlanGroup')
  return { handleGenerateMediaPlanGroup: generate, ...rest }
}
