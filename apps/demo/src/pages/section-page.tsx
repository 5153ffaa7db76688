import { lazy, Suspense, useEffect } from 'react'
import { FormDialog } from '../form/form-dialog.tsx'
import { Icon } from '../parts/icon.tsx'
import { leaveTo, navigate } from '../parts/link.tsx'
import { PageHead, usePageTitle } from '../parts/page-parts.tsx'
import type { Section } from '../sections/section.ts'
import type { Person } from '../session/use-session.ts'
import { MoreButton, TaskList } from '../tasks/task-list.tsx'
import { toTags } from '../tasks/to-tags.ts'
import { useHistory } from '../tasks/use-history.ts'
import { type Generation, useGeneration } from './use-generation.ts'

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
export function SectionPage({ section, user, isFormOpen, generation }: SectionPageProps) {
  const { generate, isPending, refusal, forgetRefusal } = generation
  usePageTitle(isFormOpen ? section.formTitle : section.plural)
  const path = `/${section.path}`
  const close = () => leaveTo(path)
  useEffect(() => {
    if (isFormOpen) forgetRefusal()
  }, [isFormOpen, forgetRefusal])

  const send = async (payload: Record<string, unknown>) => {
    if (await generate(payload, toTags({ brandName: user.brandName, payload }))) close()
  }

  return (
    <>
      <PageHead icon={section.icon} title={section.plural} lead={section.lead}>
        <button type="button" className="button" onClick={() => navigate(`${path}/new`)}>
          <Icon name="plus" />
          {section.action}
        </button>
      </PageHead>
      <SectionTasks section={section} />
      {isFormOpen && (
        <FormDialog title={section.formTitle} onClose={close}>
          <Suspense fallback={<p className="loading">Opening the form…</p>}>
            <TaskForm
              key={section.type}
              section={section}
              brandId={user.brandId}
              refusal={refusal}
              isPending={isPending}
              onGenerate={(payload) => void send(payload)}
              onClose={close}
            />
          </Suspense>
        </FormDialog>
      )}
    </>
  )
}

/** The page of any section. */
export function GeneratedSectionPage(props: Omit<SectionPageProps, 'generation'>) {
  const { type, action } = props.section
  // The log names the click on "Generate Brand Kit" handleGenerateBrandKit.
  return <SectionPage {...props} generation={useGeneration(type, `handle${action.replaceAll(' ', '')}`)} />
}

/** The user's tasks in a section, newest first. An empty list invites the user to create the first one. */
function SectionTasks({ section }: { section: Section }) {
  const { tasks, isLoading, hasMore, isLoadingMore, loadMore } = useHistory({ type: section.type })
  if (isLoading && tasks.length === 0) return <p className="loading">Looking for what you have…</p>
  if (tasks.length === 0) {
    return (
      <section className="empty">
        <h2>Nothing here yet</h2>
        <p className="soft">
          Click <strong>{section.action}</strong>, then “Fill in an example”: in a few seconds you see what comes out.
          You can go on, or close the tab, while it is being made.
        </p>
      </section>
    )
  }
  return (
    <>
      <TaskList tasks={tasks} label={`Your ${section.plural}`} columns="one-type" />
      {hasMore && <MoreButton isLoading={isLoadingMore} onClick={loadMore} />}
    </>
  )
}
