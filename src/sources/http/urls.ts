/** An http(s) address, absolute or relative to `base`; null for everything else. */
export function webAddress(address: string, base?: URL): URL | null {
  if (!URL.canParse(address, base?.href)) return null;
  const url = new URL(address, base);
  return url.protocol === 'https:' || url.protocol === 'http:' ? url : null;
}

/** `host:port`, also where the port is the scheme's own. */
export function hostAndPort({ hostname, port, protocol }: URL): string {
  const usual = protocol === 'https:' || protocol === 'wss:' ? '443' : '80';
  return `${hostname}:${port || usual}`;
}

export function withoutCredentials(url: URL): string {
  const bare = new URL(url);
  bare.username = '';
  bare.password = '';
  return withoutFragment(bare);
}

export function withoutFragment(url: URL): string {
  const bare = new URL(url);
  bare.hash = '';
  return bare.href;
}

/** The value of Authorization that the credentials in a URL stand for; null without them. */
export function basicCredentials({ username, password }: URL): string | null {
  if (username === '' && password === '') return null;
  const plain = `${unescaped(username)}:${unescaped(password)}`;
  return `Basic ${Buffer.from(plain).toString('base64')}`;
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
