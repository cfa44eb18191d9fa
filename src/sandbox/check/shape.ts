/** Small checks that combine into the shape of a JSON value, with every problem and its place. */

export type Report = (problem: string, pointer: string) => void;
/** Reports what is wrong with `value`, which stands at the JSON pointer `at`. */
export type Check = (value: unknown, at: string, report: Report) => void;
export type JsonObject = Record<string, unknown>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A string of `min` (1) to `max` characters. */
export function text(max: number, min = 1): Check {
  return (value, at, report) => {
    if (typeof value !== 'string') report('must be a string', at);
    else if (value.length < min) report(`must be at least ${min} characters`, at);
    else if (value.length > max) report(`must be at most ${max} characters`, at);
  };
}

export function matching(pattern: RegExp, what: string): Check {
  return (value, at, report) => {
    if (typeof value !== 'string' || !pattern.test(value)) report(`must be ${what}`, at);
  };
}

export const flag: Check = (value, at, report) => {
  if (typeof value !== 'boolean') report('must be true or false', at);
};

export function integer(min: number, max: number): Check {
  return (value, at, report) => {
    if (!Number.isInteger(value) || (value as number) < min || (value as number) > max) {
      report(`must be a whole number from ${min} to ${max}`, at);
    }
  };
}

export function oneOf(...values: readonly string[]): Check {
  return (value, at, report) => {
    if (!values.includes(value as string)) report(`must be one of ${values.join(', ')}`, at);
  };
}

export function list(item: Check, min: number, max: number): Check {
  return (value, at, report) => {
    if (!Array.isArray(value)) return report('must be a list', at);
    if (value.length < min) report(`must have at least ${min} items`, at);
    if (value.length > max) report(`no more than ${max} items allowed`, at);
    value.forEach((entry, index) => item(entry, `${at}/${index}`, report));
  };
}

/** An object with these properties, and no others. */
export function object(
  required: Record<string, Check>,
  optional: Record<string, Check> = {},
): Check {
  const known: Record<string, Check> = { ...required, ...optional };
  return (value, at, report) => {
    if (!isObject(value)) return report('must be an object', at);
    for (const name of Object.keys(required)) {
      if (value[name] === undefined) report(`missing required field: ${name}`, at);
    }
    for (const [name, entry] of Object.entries(value)) {
      const check = Object.hasOwn(known, name) ? known[name] : undefined;
      if (!check) report(`invalid additional property: ${name}`, at);
      else if (entry !== undefined) check(entry, `${at}/${name}`, report);
    }
  };
}

/** The check that belongs to the object's `type`. */
export function byType(checks: Record<string, Check>): Check {
  return (value, at, report) => {
    if (!isObject(value)) return report('must be an object', at);
    const type = value['type'];
    const check =
      typeof type === 'string' && Object.hasOwn(checks, type) ? checks[type] : undefined;
    if (check) check(value, at, report);
    else report(`unsupported type: ${String(type)}`, `${at}/type`);
  };
}

/** `check`, then a rule between the fields of a value that is an object. */
export function also(
  check: Check,
  rule: (value: JsonObject, at: string, report: Report) => void,
): Check {
  return (value, at, report) => {
    check(value, at, report);
    if (isObject(value)) rule(value, at, report);
  };
}

export const anything: Check = () => {};
