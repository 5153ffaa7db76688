import type { Principal } from '@brandkit/server-adapter'

/** Somebody who can sign in, as the picker shows them. */
export interface Person {
  id: string
  name: string
  brandId: string
  brandName: string
  tier: 'free' | 'premium'
}

const PEOPLE: readonly Person[] = [
  { id: 'ada', name: 'Ada', brandId: 'aurora', brandName: 'Aurora', tier: 'free' },
  { id: 'grace', name: 'Grace', brandId: 'aurora', brandName: 'Aurora', tier: 'premium' },
  { id: 'linus', name: 'Linus', brandId: 'borealis', brandName: 'Borealis', tier: 'free' },
]

/** Everybody who may sign in. */
export function listPeople(): readonly Person[] {
  return PEOPLE
}

export function findPerson(id: unknown): Person | undefined {
  return PEOPLE.find((person) => person.id === id)
}

/** What the person may do. A tenant is the company behind a brand, so Linus is a stranger to Ada and Grace. */
export function toPrincipal({ id, brandId, tier }: Person): Principal {
  const base = { tenantId: brandId, userId: id, brandIds: [brandId], tier }
  return id === 'grace' ? { ...base, role: 'operator' } : base
}
