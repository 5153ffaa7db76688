import { countCopies } from '../../../server.js'

export const dynamic = 'force-dynamic'

export const GET = () => Response.json(countCopies())
