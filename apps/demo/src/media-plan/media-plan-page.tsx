import type { NewPayload } from '@brandkit/core'
import { useState } from 'react'
import type { Person } from '../session/session-api.ts'
import { usePageTitle } from '../shell/use-page-title.ts'
import { FormDialog } from './form-dialog.tsx'
import { MediaPlanForm } from './media-plan-form.tsx'
import { PlanList } from './plan-list.tsx'
import { useMediaPlanManagement } from './use-media-plan-management.ts'

/** The Media Plan section: ask for a plan, go on working, find it in the list. */
export function MediaPlanPage({ user }: { user: Person }) {
  usePageTitle('Media plans')
  const [isOpen, setIsOpen] = useState(false)
  const { handleGenerateMediaPlanGroup, isPending, refusal, forgetRefusal } = useMediaPlanManagement()

  const open = () => {
    forgetRefusal()
    setIsOpen(true)
  }
  const generate = async (payload: NewPayload<'GENERATE_MEDIA_PLAN'>) => {
    if (await handleGenerateMediaPlanGroup(payload)) setIsOpen(false)
  }

  return (
    <>
      <header className="page-head">
        <div>
          <h1>Media plans</h1>
          <p className="soft">
            Tell {user.brandName}’s planner about a campaign. It works in the background; you can go on, or close the
            tab.
          </p>
        </div>
        <button type="button" className="button" onClick={open}>
          Generate Media Plan
        </button>
      </header>
      <PlanList userId={user.id} />
      {isOpen && (
        <FormDialog title="New media plan" onClose={() => setIsOpen(false)}>
          <MediaPlanForm
            refusal={refusal}
            isPending={isPending}
            onGenerate={(payload) => void generate(payload)}
            onClose={() => setIsOpen(false)}
          />
        </FormDialog>
      )}
    </>
  )
}
