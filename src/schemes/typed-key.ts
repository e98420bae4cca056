/** A split key as the forms send it: a funder whose weight was left empty takes no part. */

export function withoutIdleWeights<Value>(typed: Readonly<Record<string, Value>>): Readonly<Record<string, Value>> {
  const isIdle = (name: string) => {
    const row = /^(splitKey\.\d+)\.funderId$/.exec(name)?.[1];
    return row !== undefined && String(typed[`${row}.weight`] ?? '').trim() === '';
  };
  return Object.fromEntries(Object.entries(typed).filter(([name]) => !isIdle(name)));
}
