export { webhookTarget, type WebhookTargetOptions } from './integrations/notify/webhook-target.js'
export { type PushMessage, webPushTarget, type WebPushTargetOptions } from './integrations/notify/web-push-target.js'
export { type OutsideNetwork } from './integrations/notify/post-outside.js'
export { type Notice, type NotifyTarget } from './runtime/telling/notify-target.js'
