import { lazy, Suspense, useEffect } from 'react'
import { FormDialog } from '../form/form-dialog.tsx'
import type { Generation } from '../generation/use-generation.ts'
import type { Section } from '../sections/section.ts'
import type { Person } from '../session/session-api.ts'
import { Icon } from '../shell/icon.tsx'
import { PageHead } from '../shell/page-head.tsx'
import { usePageTitle } from '../shell/use-page-title.ts'
import { leaveTo, navigate } from '../shell/navigate.ts'
import { SectionTasks } from './section-tasks.tsx'

// With the form come the catalog's schemas; a page that only shows things does without them.
const TaskForm = lazy(async () => {
  const { config } = await import('zod')
  // Before any schema is made: the page's Content-Security-Policy forbids code made of strings, which zod would try first.
  config({ jitless: true })
  return { default: (await import('../form/task-form.tsx')).TaskForm }
})

export interface SectionPageProps {
  section: Section
  user: Person
  isFormOpen: boolean
  generation: Generation
}

/** One section: ask for a result, go on working, find it in the list. */
export function SectionPage({ section, user, isFormOpen, generation }: SectionPageProps) {
  const { generate, isPending, refusal, forgetRefusal } = generation
  usePageTitle(isFormOpen ? section.formTitle : section.plural)
  const path = `/${section.path}`
  const close = () => leaveTo(path)
  useEffect(() => {
    if (isFormOpen) forgetRefusal()
  }, [isFormOpen, forgetRefusal])

  const send = async (payload: Record<string, unknown>) => {
    if (await generate(payload)) close()
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
