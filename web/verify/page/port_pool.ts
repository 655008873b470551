// Helpers of the verifier in workers of their own. Each has one port to the worker that judges.
import { Malformed } from '../src/bytes';
import { Helper, type Done, type Pool, type Task } from '../src/pool';
import { FileSource, type Folder } from './file_source';
import { buffers_of, release } from './release';

interface Asked {
  id: number;
  task: Task;
}

interface Told {
  id: number;
  done?: Done<Task>;
  /** Why it could not be done; `is_malformed` when the edition is to blame. */
  failed?: { message: string; is_malformed: boolean };
}

const kAhead = 2; // tasks a helper has at once, so that it never waits for the next

/** Does what comes through the port. */
export function serve(port: MessagePort, folder: Folder): void {
  const helper = new Helper(new FileSource(folder).end());
  let last: Promise<void> = Promise.resolve();
  const work = async ({ id, task }: Asked): Promise<void> => {
    try {
      const done = await helper.run(task);
      port.postMessage({ id, done } satisfies Told, buffers_of(done));
    } catch (error) {
      const failed = { message: error instanceof Error ? error.message : String(error), is_malformed: error instanceof Malformed };
      port.postMessage({ id, failed } satisfies Told);
    } finally {
      release(buffers_of(task));
    }
  };
  port.onmessage = ({ data }: MessageEvent<Asked>) => {
    last = last.then(() => work(data)); // one after the other: what a task needs stays small
  };
}

interface Port {
  port: MessagePort;
  busy: number;
}

/** Hands tasks to the helper that has fewest. */
export class PortPool implements Pool {
  readonly width: number;
  readonly #ports: Port[];
  readonly #waiting = new Map<number, { done: (value: Done<Task>) => void; failed: (error: Error) => void; port: Port }>();
  #last = 0;

  constructor(ports: MessagePort[]) {
    this.width = ports.length * kAhead;
    this.#ports = ports.map((port) => ({ port, busy: 0 }));
    for (const { port } of this.#ports) port.onmessage = ({ data }: MessageEvent<Told>) => this.#hear(data);
  }

  run<T extends Task>(task: T): Promise<Done<T>> {
    const port = this.#ports.reduce((least, each) => (each.busy < least.busy ? each : least));
    const id = (this.#last += 1);
    port.busy += 1;
    port.port.postMessage({ id, task } satisfies Asked, buffers_of(task));
    return new Promise((done, failed) => {
      this.#waiting.set(id, { done: done as (value: Done<Task>) => void, failed, port });
    });
  }

  forget(done: Done<Task>): void {
    release(buffers_of(done));
  }

  #hear({ id, done, failed }: Told): void {
    const waiting = this.#waiting.get(id)!;
    this.#waiting.delete(id);
    waiting.port.busy -= 1;
    if (failed === undefined) waiting.done(done!);
    else waiting.failed(failed.is_malformed ? new Malformed(failed.message) : new Error(failed.message));
  }
}
