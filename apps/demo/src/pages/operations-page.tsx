import '@brandkit/react/operations.css'
import { type OperationsLabels, TaskOperations } from '@brandkit/react/operations'
import { BRAND_TASK_TYPES } from '@brandkit/core/brand-tasks'
import { useQuery } from '@tanstack/react-query'
import { type StudioLanguage, t, useLanguage } from '../language/language.ts'
import { operatorService } from '../network/task-service.ts'
import { PageHead, usePageTitle } from '../parts/page-parts.tsx'
import type { Person } from '../session/use-session.ts'

const LABELS: Readonly<Record<StudioLanguage, () => Promise<Partial<OperationsLabels>>>> = {
  en: async () => ({}),
  de: async () => (await import('@brandkit/react/operations/labels/de')).default,
  ar: async () => (await import('@brandkit/react/operations/labels/ar')).default,
}

/** The operator's desk: the tasks of the whole company. */
export function OperationsPage({ user, people }: { user: Person; people: readonly Person[] }) {
  usePageTitle(t('Operations'))
  const { language } = useLanguage()
  const { data: labels } = useQuery({
    queryKey: ['studio', 'operations', language],
    queryFn: LABELS[language],
    staleTime: Infinity,
  })
  const colleagues = people.filter(({ brandId }) => brandId === user.brandId)
  return (
    <>
      <PageHead icon="gauge" title={t('Operations')} lead={t('Every task of the company, of everybody.')} />
      {labels && (
        <TaskOperations service={operatorService} users={colleagues} types={BRAND_TASK_TYPES} labels={labels} />
      )}
    </>
  )
}
