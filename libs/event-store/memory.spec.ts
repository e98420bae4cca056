/** The store in memory keeps every promise of the port but durability. */

import { describeEventStore } from './contract.js';
import { MemoryEventStore } from './memory.js';

describeEventStore('the store in memory', { open: (clock) => new MemoryEventStore(clock) });
