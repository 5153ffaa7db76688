export { type PushNotifications, usePushNotifications } from './push/use-push-notifications.js'
export { type PushOptions, type PushState, readPushState, turnPushOff, turnPushOn } from './push/push-subscription.js'
