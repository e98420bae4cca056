/** What a piece of work takes of the machine: this process's time, and that of the processes it has started. */

import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts in hundredths of a second, whatever the machine. */
const TICKS_A_SECOND = 100;

export interface Spent {
  readonly seconds: number;
  /** Of a processor, by this process. */
  readonly ownSeconds: number;
  /** Of a processor, by its children; NaN where the system does not tell. */
  readonly childrenSeconds: number;
}

export async function spentOn(work: () => Promise<unknown>): Promise<Spent> {
  const start = { at: process.hrtime.bigint(), own: process.cpuUsage(), children: childrenSeconds() };
  await work();
  const { user, system } = process.cpuUsage(start.own);
  return {
    seconds: Number(process.hrtime.bigint() - start.at) / 1e9,
    ownSeconds: (user + system) / 1e6,
    childrenSeconds: childrenSeconds() - start.children,
  };
}

function childrenSeconds(): number {
  if (process.platform !== 'linux') return NaN;
  let ticks = 0;
  for (const pid of readdirSync('/proc')) if (/^\d+$/.test(pid)) ticks += ticksOf(pid);
  return ticks / TICKS_A_SECOND;
}

/** User and system time of a child, 0 of any other process. */
function ticksOf(pid: string): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // the name before it may hold anything
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return Number(fields[1]) === process.pid ? Number(fields[11]) + Number(fields[12]) : 0;
  } catch {
    // it has ended meanwhile
    return 0;
  }
}
