export { createTaskFollower, type TaskFollower, type TaskFollowerOptions } from './task-follower.js'
export {
  type CreateOptions,
  createTaskService,
  type RequestOptions,
  type TaskService,
  taskService,
  type TaskServiceOptions,
  type TaskWire,
} from './task-service.js'
