// The studio's service worker, built as `/push-worker.js`.
// oxlint-disable-next-line import/no-unassigned-import -- it has no exports, and begins by itself
import '@brandkit/react/push-worker'
