import type { LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** What a guarded look-up fails with when a name leads to no public address. */
export const PRIVATE_ADDRESS = 'EARSHOT_PRIVATE_ADDRESS';

/**
 * Whether an IP address belongs to the public internet. Everything with a purpose of its own is
 * not: loopback, private, link-local, carrier-grade NAT, multicast, reserved, and the IPv6 ranges
 * that tunnel to such IPv4 addresses. An IPv4 address inside a mapped or NAT64 one (RFC 6052, what a
 * network without IPv4 sees) is judged by itself.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  if (parsed.kind() === 'ipv6' && parsed.range() === 'rfc6052') {
    const bytes = parsed.toByteArray();
    // The local-use NAT64 prefix 64:ff9b:1::/48 is somebody's own network.
    if (bytes.slice(4, 12).some((byte) => byte !== 0)) return false;
    return new ipaddr.IPv4(bytes.slice(12)).range() === 'unicast';
  }
  return parsed.range() === 'unicast';
}

/**
 * The host of a URL as an IP address, or null when it is a name. URL parsing has already turned
 * decimal, octal, hexadecimal and shortened spellings into the plain one.
 */
export function literalAddress(url: URL): string | null {
  const host = url.hostname.replace(/^\[|\]$/gu, '');
  return isIP(host) === 0 ? null : host;
}

/**
 * A look-up of names for sockets that knows only public addresses. Since the socket connects to
 * what this very look-up answered, a name cannot resolve to one address for the check and to
 * another for the connection.
 */
export function guardedLookup(lookup: LookupFunction): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, '', 0);
      const allowed = (found as LookupAddress[]).filter(({ address }) => isPublicAddress(address));
      const first = allowed[0];
      if (first === undefined) {
        const refusal = Object.assign(new Error('no public address'), { code: PRIVATE_ADDRESS });
        return callback(refusal, '', 0);
      }
      if (options.all) callback(null, allowed);
      else callback(null, first.address, first.family);
    });
  };
}
