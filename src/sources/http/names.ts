import dns, { type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';

export interface Names {
  /** Asks name servers without taking a thread; the system's own way only where they know nothing. */
  resolved: LookupFunction;
  /** The system's own way, hosts file and all. */
  system: LookupFunction;
}

export interface NamesOptions {
  /** Name servers as `host:port`; the system's where absent. */
  servers?: readonly string[];
  lookup?: LookupFunction;
  /** How long a silent name server is waited for, in milliseconds, and how often. */
  patience?: { timeout: number; tries: number };
}

const PATIENCE = { timeout: 3000, tries: 2 };
/** They know nothing of the name, or there are none: then the system may know it. */
const UNKNOWN_THERE = new Set(['ENOTFOUND', 'ENODATA', 'ECONNREFUSED']);

/**
 * How names become addresses. `dns.lookup` occupies one of the process's four threads until it has an
 * answer, and the database needs them: a few slow names would stop it. So names are asked for over the
 * network, which takes no thread, and of the system's look-ups there is one at a time.
 */
export function createNames(options: NamesOptions = {}): Names {
  const resolver = new dns.promises.Resolver(options.patience ?? PATIENCE);
  if (options.servers !== undefined) resolver.setServers(options.servers);
  const lookup: LookupFunction = options.lookup ?? dns.lookup;
  let last: Promise<void> = Promise.resolve();

  const system: LookupFunction = (hostname, wanted, callback) => {
    last = last.then(
      () =>
        new Promise((next) => {
          lookup(hostname, wanted, (...answer) => {
            next();
            callback(...answer);
          });
        }),
    );
  };

  const resolved: LookupFunction = (hostname, wanted, callback) => {
    const isOwn = !hostname.includes('.') || /\.(?:local|localhost|internal)\.?$/iu.test(hostname);
    if (isOwn) return system(hostname, wanted, callback);
    void resolve(hostname, familyOf(wanted.family)).then((found) => {
      if (found === 'unknown') return system(hostname, wanted, callback);
      const first = Array.isArray(found) ? found[0] : undefined;
      if (first === undefined) return callback(noAnswer(hostname), '', 0);
      if (wanted.all) callback(null, found as LookupAddress[]);
      else callback(null, first.address, first.family);
    });
  };

  async function resolve(
    hostname: string,
    family: 0 | 4 | 6,
  ): Promise<LookupAddress[] | 'unknown' | 'silent'> {
    const asked = await Promise.allSettled([
      family === 6 ? [] : resolver.resolve4(hostname),
      family === 4 ? [] : resolver.resolve6(hostname),
    ]);
    const found = asked.flatMap((one, index) =>
      one.status === 'fulfilled'
        ? one.value.map((address) => ({ address, family: index === 0 ? 4 : 6 }))
        : [],
    );
    if (found.length > 0) return found;
    const isUnknown = asked.every(
      (one) =>
        one.status === 'fulfilled' || UNKNOWN_THERE.has((one.reason as { code: string }).code),
    );
    return isUnknown ? 'unknown' : 'silent';
  }

  return { resolved, system };
}

function familyOf(family: number | 'IPv4' | 'IPv6' | undefined): 0 | 4 | 6 {
  if (family === 4 || family === 'IPv4') return 4;
  return family === 6 || family === 'IPv6' ? 6 : 0;
}

/** As the system words it. */
function noAnswer(hostname: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`no name server answers for ${hostname}`), { code: 'EAI_AGAIN' });
}
