import { type RawBuilder, sql } from 'kysely'
import type { BrandScope, OwnScope, TaskScope } from '../../principal.js'
import { toStorableOwner, toStorableText } from '../storable-text.js'
import { rowsOf } from './statement.js'

export function among(taskIds: readonly string[]) {
  return sql`t.id = any(array(select json_array_elements_text(${rowsOf(taskIds.map(toStorableText))})))`
}

/** Unknown reaches and missing values in a scope match nothing. */
export function visibleTo(scope: TaskScope): RawBuilder<unknown> {
  const ofTenant = sql`t.tenant_id = ${toStorableOwner(scope.tenantId)}`
  if (scope.reach === 'tenant') return ofTenant
  if (scope.reach === 'own')
    return sql`${ofTenant} and t.user_id = ${toStorableOwner(scope.userId)} and ${isOfBrands(scope)}`
  if (scope.reach === 'brand') return sql`${ofTenant} and ${isOfNamedBrands(scope)}`
  return sql`false`
}

/** Brands that narrow one user's tasks. A subquery hides them from the planner, so that it always takes the index by user. */
function isOfBrands({ brandIds }: OwnScope) {
  if (brandIds === '*') return sql`true`
  return sql`t.brand_id in (select json_array_elements_text(${rowsOf(toNames(brandIds))}))`
}

/** Brands whose tasks of all users are meant. The planner sees them, so that it can take an index by brand. */
function isOfNamedBrands({ brandIds }: BrandScope) {
  if (brandIds === '*') return sql`true`
  const [first, ...more] = toNames(brandIds)
  // One brand is compared as one value: only then does an index give its tasks in the order of the list.
  if (first !== undefined && more.length === 0) return sql`t.brand_id = ${first}`
  return sql`t.brand_id = any(${toNames(brandIds)}::text[])`
}

function toNames(brandIds: readonly string[]): string[] {
  return Array.isArray(brandIds) ? brandIds.map(toStorableText) : []
}
