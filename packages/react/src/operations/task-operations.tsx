'use client'

import { type ReactNode, useMemo, useRef, useState } from 'react'
import { useTaskContext } from '../provider/use-task-context.js'
import { FigureTiles } from './figure-tiles.js'
import { FilterBar, type OperationsUser, SpanChoice } from './filter-bar.js'
import {
  OperationsContext,
  type OperationsContextValue,
  type OperationsService,
  useOperations,
} from './operations-context.js'
import type { OperationsFilter } from './operations-filter.js'
import type { OperationsLabels } from './operations-labels.js'
import { classOf, inFrame, type OperationsLooks } from './operations-looks.js'
import { createOperationsText } from './operations-text.js'
import { Freshness } from './freshness.js'
import { RunDrawer } from './run-drawer.js'
import { RunTable } from './run-table.js'
import { Audit, Durations, Notices } from './side-cards.js'
import { Budgets, Usage } from './spending-cards.js'
import { Charts } from './throughput-chart.js'
import { useFigures } from './use-figures.js'
import { focusRun, runIdsIn } from './use-run-keys.js'
import { useKnownRun } from './use-known-run.js'

export interface TaskOperationsProps extends OperationsLooks {
  /**
   * A task service whose requests reach the whole tenant. Make it once, outside components. Default: the provider's, which must
   * be a `createTaskService` of the client then.
   */
  service?: OperationsService | undefined
  /** The name of a user. Default: the provider's `nameOf`, else the id. */
  nameOf?: ((userId: string) => string | undefined) | undefined
  /** The users to choose from. Default: a field for an id. */
  users?: readonly OperationsUser[] | undefined
  /** The task types to choose from. Default: those that have completed, and those that the labels name. */
  types?: readonly string[] | undefined
  /** The address of a trace, by its id (W3C Trace Context). Default: the id alone. */
  traceUrl?: ((traceId: string) => string) | undefined
  /** Texts that replace the English ones of this page. The provider's labels hold the others. */
  labels?: Partial<OperationsLabels> | undefined
  /** What is shown at first. Default: everything that has ended in 24 hours, and all that is under way. */
  defaultFilter?: Partial<OperationsFilter> | undefined
  /** Called at each change, for example to put the filter into the address. */
  onFilterChange?: ((filter: OperationsFilter) => void) | undefined
}

/**
 * The page of those who run the task server: what fails, what runs and waits, how much ends, who works, what it costs; and a
 * table of everybody's tasks with their details. It reads the server every 5 seconds while tasks are due or run, else every
 * 15, and never while the page is hidden.
 *
 * @throws Error when neither `service` nor the provider's service can read figures
 */
export function TaskOperations(props: TaskOperationsProps): ReactNode {
  const { classNames, slots, traceUrl } = props
  const context = useTaskContext()
  const { queryClient, userId, texts, now } = context
  const service = props.service ?? context.service
  if (!isOperationsService(service))
    throw new Error(
      'TaskOperations needs the service of an operator: <TaskOperations service={createTaskService(…)} />.',
    )

  const { wire } = service
  const text = useMemo(() => createOperationsText(texts, props.labels), [texts, props.labels])
  const givenName = props.nameOf ?? context.nameOf
  const value = useMemo<OperationsContextValue>(
    () => ({
      wire,
      queryClient,
      text,
      looks: { classNames, slots },
      nameOf: (id) => givenName?.(id) ?? id,
      traceUrl,
      key: ['brandkit', userId, 'operations'],
      now,
    }),
    [wire, queryClient, text, classNames, slots, givenName, traceUrl, userId, now],
  )
  return (
    <OperationsContext.Provider value={value}>
      <Page {...props} />
    </OperationsContext.Provider>
  )
}

function isOperationsService(service: object): service is OperationsService {
  return 'wire' in service && typeof service.wire === 'object' && service.wire !== null && 'stats' in service.wire
}

function Page({ types, users, defaultFilter, onFilterChange }: TaskOperationsProps): ReactNode {
  const { text, looks } = useOperations()
  const { texts } = useTaskContext()
  const [filter, setFilter] = useState<OperationsFilter>({ span: 'day', ...defaultFilter })
  const [openId, setOpenId] = useState<string | null>(null)
  const grid = useRef<HTMLDivElement>(null)
  const search = useRef<HTMLInputElement>(null)
  const known = useKnownRun(openId)
  const figures = useFigures(filter.span === 'all' ? 'week' : filter.span)
  const { data, error, dataUpdatedAt } = figures

  const onFilter = (next: OperationsFilter) => {
    setFilter(next)
    onFilterChange?.(next)
  }

  function step(by: 1 | -1): void {
    const ids = openId === null ? [] : runIdsIn(grid.current)
    const nextId = ids[ids.indexOf(openId ?? '') + by]
    if (nextId !== undefined) setOpenId(nextId)
  }

  function close(): void {
    if (openId !== null) focusRun(grid.current, openId)
    setOpenId(null)
  }

  if (error?.code === 'forbidden')
    return (
      <section
        className={`brandkit-inline ${classOf(looks, 'root')}`}
        lang={texts.lang}
        aria-label={text('page.label')}
      >
        <div className="brandkit-operations-refusal">
          <h2>{text('page.forbidden')}</h2>
          <p>{text('page.forbiddenHint')}</p>
        </div>
      </section>
    )

  return (
    <section className={`brandkit-inline ${classOf(looks, 'root')}`} lang={texts.lang} aria-label={text('page.label')}>
      {inFrame(
        looks,
        'root',
        <>
          <div className="brandkit-operations-top">
            <SpanChoice filter={filter} onFilter={onFilter} />
            <Freshness figures={figures} />
          </div>
          {data && <FigureTiles figures={data} span={filter.span} />}
          {data?.throughput && <Charts throughput={data.throughput} />}
          <FilterBar
            filter={filter}
            types={types ?? Object.keys({ ...texts.labels?.types, ...data?.durations })}
            users={users}
            searchRef={search}
            onFilter={onFilter}
          />
          <RunTable
            filter={filter}
            figures={data}
            figuresAt={dataUpdatedAt}
            gridRef={grid}
            onFilter={onFilter}
            onOpen={setOpenId}
            onSearch={() => search.current?.focus()}
          />
          <div className={classOf(looks, 'aside')}>
            {inFrame(
              looks,
              'aside',
              <>
                {data && <Durations durations={data.durations} />}
                {data?.usage && <Budgets {...data.usage} />}
                {data?.usage && <Usage usage={data.usage} />}
                {data?.notices && <Notices notices={data.notices} />}
                <Audit onOpen={setOpenId} />
              </>,
            )}
          </div>
          {openId !== null && (
            <RunDrawer taskId={openId} known={known} onStep={step} onOpen={setOpenId} onClose={close} />
          )}
        </>,
      )}
    </section>
  )
}
