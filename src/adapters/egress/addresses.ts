/** Which addresses are the public internet. What is not known to be public is refused. */
import { BlockList, isIP, isIPv4 } from 'node:net'

/** IANA's special-purpose registry for IPv4, multicast, reserved space, and one cloud's metadata service. */
const REFUSED_4: readonly [string, number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10], // carrier NAT; 100.100.100.200 is a metadata service
  ['127.0.0.0', 8],
  ['168.63.129.16', 32], // a metadata service on a public address
  ['169.254.0.0', 16], // link-local; 169.254.169.254 is the usual metadata service
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.31.196.0', 24],
  ['192.52.193.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['192.175.48.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3], // multicast, reserved, broadcast
]

/** The part of IPv6 that is handed out at all… */
const GLOBAL_6: readonly [string, number] = ['2000::', 3]
/** …less what is special in it: protocol assignments with Teredo and ORCHID, documentation, 6to4. */
const REFUSED_6: readonly [string, number][] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['2620:4f:8000::', 48],
  ['3fff::', 20],
]

const refused4 = new BlockList()
for (const [address, prefix] of REFUSED_4) refused4.addSubnet(address, prefix, 'ipv4')
const global6 = new BlockList()
global6.addSubnet(...GLOBAL_6, 'ipv6')
const refused6 = new BlockList()
for (const [address, prefix] of REFUSED_6) refused6.addSubnet(address, prefix, 'ipv6')

/**
 * True for addresses on the public internet. An IPv6 address that carries an IPv4 one (`::ffff:a.b.c.d`,
 * or `64:ff9b::a.b.c.d` on networks that only speak IPv6) is as public as the one that it carries; other
 * wrappings (6to4, Teredo, `::a.b.c.d`) are refused altogether.
 */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !refused4.check(address, 'ipv4')
  if (isIP(address) !== 6 || address.includes('%')) return false
  const groups = expand(address)
  const head = groups.slice(0, 6).join(':')
  if (head === '0:0:0:0:0:ffff' || head === '64:ff9b:0:0:0:0') return isPublicAddress(carried(groups))
  return global6.check(address, 'ipv6') && !refused6.check(address, 'ipv6')
}

/** An address, or a name with a dot: names without one belong to the local network. */
export const isHostName = (host: string): boolean =>
  isIP(host) !== 0 ||
  (/^(?=.{1,253}$)([a-z\d_]([a-z\d_-]{0,61}[a-z\d_])?\.)+[a-z\d-]{2,63}$/.test(host) &&
    !/(^|\.)(localhost|local|internal|localdomain|home\.arpa|lan|intranet|\d+|0x[\da-f]+)$/.test(host))

/** A URL's host, an IPv6 address without brackets. */
export const bareHost = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '').toLowerCase()

/**
 * Whether the guard might connect to the host of a URL, as far as that can be told without looking its name up. URLs
 * have every way to write an IPv4 address (decimal, octal, hexadecimal) in its usual form already.
 */
export function mayBePublic(url: URL): boolean {
  const host = bareHost(url)
  return isIP(host) === 0 ? isHostName(host) : isPublicAddress(host)
}

/** The eight groups of a valid IPv6 address, in hexadecimal without leading zeros. */
function expand(address: string): string[] {
  const dotted = /(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(address)
  const hex = dotted
    ? `${address.slice(0, dotted.index)}${pair(dotted[1]!, dotted[2]!)}:${pair(dotted[3]!, dotted[4]!)}`
    : address
  const [left, right] = hex.split('::') as [string, string | undefined]
  const before = left ? left.split(':') : []
  const after = right ? right.split(':') : []
  const zeros = right === undefined ? 0 : 8 - before.length - after.length
  return [...before, ...Array<string>(zeros).fill('0'), ...after].map((group) =>
    Number.parseInt(group, 16).toString(16),
  )
}

const pair = (high: string, low: string): string => (Number(high) * 256 + Number(low)).toString(16)

const carried = (groups: readonly string[]): string =>
  groups
    .slice(6)
    .map((group) => Number.parseInt(group, 16))
    .flatMap((value) => [value >> 8, value & 255])
    .join('.')
