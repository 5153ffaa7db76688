import type { Principal } from '@brandkit/server-adapter'

/** A person who can sign in, as the picker shows them. */
export interface Person {
  id: string
  name: string
  email: string
  brandId: string
  brandName: string
  tier: 'free' | 'premium'
  role?: 'operator'
}

const PEOPLE: readonly Person[] = [
  { id: 'ada', name: 'Ada', email: 'ada@studio.example', brandId: 'aurora', brandName: 'Aurora', tier: 'free' },
  {
    id: 'grace',
    name: 'Grace',
    email: 'grace@studio.example',
    brandId: 'aurora',
    brandName: 'Aurora',
    tier: 'premium',
    role: 'operator',
  },
  {
    id: 'linus',
    name: 'Linus',
    email: 'linus@studio.example',
    brandId: 'borealis',
    brandName: 'Borealis',
    tier: 'free',
  },
]

/** All persons who may sign in. */
export function listPeople(): readonly Person[] {
  return PEOPLE
}

export function findPerson(id: unknown): Person | undefined {
  return PEOPLE.find((person) => person.id === id)
}

/** The page that a request comes from: an operator's own pages show what colleagues see, and only the desk may do all. */
export type Desk = 'own' | 'operations'

/** The rights of a person. A tenant is the company behind a brand, so Linus cannot see the tasks of Ada and Grace, who are colleagues. */
export function toPrincipal({ id, brandId, tier, role }: Person, desk: Desk): Principal {
  const own = { tenantId: brandId, userId: id, brandIds: [brandId], tier }
  return role && desk === 'operations' ? { ...own, role } : own
}
