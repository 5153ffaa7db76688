export { type Principal, type TaskScope } from './principal.js'
