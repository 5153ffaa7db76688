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
  if (scope.reach === 'brand') return sql`${ofTenant} and ${isOfBrands(scope)}`
  return sql`false`
}

function isOfBrands({ brandIds }: OwnScope | BrandScope) {
  if (brandIds === '*') return sql`true`
  const named = Array.isArray(brandIds) ? brandIds.map(toStorableText) : []
  return sql`t.brand_id in (select json_array_elements_text(${rowsOf(named)}))`
}
