import type { ReactNode } from 'react'
import { Route, Switch } from 'wouter'
import type { Section } from '../sections/section.ts'
import { findSectionByPath } from '../sections/sections.ts'
import { NotFoundPage } from './empty-pages.tsx'

interface PlacesProps {
  renderOverview: () => ReactNode
  renderHistory: () => ReactNode
  renderOperations: () => ReactNode
  renderBatch: (batchId: string) => ReactNode
  renderSection: (section: Section, options: { isFormOpen: boolean }) => ReactNode
  renderTask: (section: Section, taskId: string) => ReactNode
}

/** The page for each address. */
export function Places(props: PlacesProps) {
  const { renderOverview, renderHistory, renderOperations, renderBatch, renderSection, renderTask } = props
  return (
    <Switch>
      <Route path="/">{renderOverview}</Route>
      <Route path="/history">{renderHistory}</Route>
      <Route path="/ops">{renderOperations}</Route>
      <Route path="/batch/:batchId">{({ batchId }) => renderBatch(batchId)}</Route>
      <Route path="/:path/:detail?">
        {({ path, detail }) => {
          const found = findSectionByPath(path)
          if (!found) return <NotFoundPage />
          const isForm = detail === 'new'
          return detail === undefined || isForm
            ? renderSection(found, { isFormOpen: isForm })
            : renderTask(found, detail)
        }}
      </Route>
      <Route>
        <NotFoundPage />
      </Route>
    </Switch>
  )
}
