'use client'

import { type ReactNode, useId, useState } from 'react'
import { useTaskContext } from '../../provider/use-task-context.js'
import { usePageTranslate } from '../../provider/use-page-translate.js'
import { nameOfPeriod, type Period, RECENT_DAYS, type RecentPeriod, toPeriod } from './period.js'
import { SelectField } from './select-field.js'

interface PeriodFieldProps {
  label: string
  value: Period
  onChange: (period: Period) => void
}

/** Chooses when tasks were created: a recent period from a menu, or two days. */
export function PeriodField({ label, value, onChange }: PeriodFieldProps): ReactNode {
  const translate = usePageTranslate()
  const { now } = useTaskContext()
  const [isChoosing, setChoosing] = useState(false)
  const name = isChoosing ? 'days' : nameOfPeriod(value, now())

  const choose = (next: string) => {
    setChoosing(next === 'days')
    // Opening the two fields keeps the period, so that the list stays as it is.
    if (next !== 'days') onChange(next === '' ? {} : toPeriod(next as RecentPeriod, now()))
  }
  return (
    <>
      <SelectField
        name="period"
        label={label}
        value={name === 'any' ? '' : name}
        options={[
          { value: '', name: translate('filter.anyTime') },
          ...Object.keys(RECENT_DAYS).map((recent) => ({
            value: recent,
            name: translate(`filter.${recent as RecentPeriod}`),
          })),
          { value: 'days', name: translate('filter.days') },
        ]}
        onChange={choose}
      />
      {name === 'days' && (
        <>
          <DayField
            label={translate('filter.from')}
            value={value.from ?? ''}
            max={value.to}
            onChange={(from) => onChange({ ...value, from: from || undefined })}
          />
          <DayField
            label={translate('filter.to')}
            value={value.to ?? ''}
            min={value.from}
            onChange={(to) => onChange({ ...value, to: to || undefined })}
          />
        </>
      )}
    </>
  )
}

interface DayFieldProps {
  label: string
  value: string
  min?: string | undefined
  max?: string | undefined
  onChange: (day: string) => void
}

function DayField({ label, value, min, max, onChange }: DayFieldProps) {
  const id = useId()
  return (
    <div className="brandkit-field" data-field="day">
      <label className="brandkit-field-label" htmlFor={id}>
        {label}
      </label>
      <input
        id={id}
        className="brandkit-input"
        type="date"
        value={value}
        min={min}
        max={max}
        onChange={({ target }) => onChange(target.value)}
      />
    </div>
  )
}
