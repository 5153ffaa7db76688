import ipaddr from 'ipaddr.js'

/** The only block of IPv6 that is routed in the public internet. */
const GLOBAL = ipaddr.IPv6.parseCIDR('2000::/3')

/** Whether an IP address belongs to the public internet: it is neither private, loopback, link-local nor reserved. */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false
  // An IPv4 address within IPv6 counts as what it is.
  const address = ipaddr.process(text)
  if (address.range() !== 'unicast') return false
  return address instanceof ipaddr.IPv4 || address.match(GLOBAL)
}
