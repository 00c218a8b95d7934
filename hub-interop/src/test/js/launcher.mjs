// Runs the launcher of the cluster example: reads what it prints, gives it orders.
import { spawn } from 'node:child_process';
import net from 'node:net';
import { createInterface } from 'node:readline';

const LIMIT = 120000;

// They live for a few seconds: starting up is all that their compiler should care for.
const JVM_OPTIONS = '-XX:TieredStopAtLevel=1 -XX:+UseSerialGC';

export class Launcher {
  #process;
  #printed = [];
  #wakeUps = new Set();
  #processes = new Map();

  constructor(java, classPath, port) {
    this.port = Number(port);
    this.#process = spawn(java, ['-Xmx256m', '-cp', classPath, 'io.hubbub.examples.cluster.Cluster', '--port', port], {
      env: { ...process.env, JDK_JAVA_OPTIONS: JVM_OPTIONS },
    });
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      createInterface({ input: stream }).on('line', line => this.#hear(line));
    }
    this.exit = new Promise(resolve => {
      this.#process.on('exit', code => {
        this.#hear(`exit ${code}`);
        resolve(code);
      });
    });
  }

  #hear(line) {
    console.log(`  ${line}`);
    const part = /^(\S+) .*\(process (\d+)\)/.exec(line);
    if (part) this.#processes.set(part[1], Number(part[2]));
    this.#printed.push(line);
    this.#wakeUps.forEach(wakeUp => wakeUp());
  }

  /** Waits for a line that has not been waited for yet; what comes before it is passed over. */
  async prints(expected) {
    const end = Date.now() + LIMIT;
    while (Date.now() < end) {
      while (this.#printed.length > 0) {
        const line = this.#printed.shift();
        if (expected.test(line)) return line;
        if (line.startsWith('exit ')) throw new Error(`Expected the launcher to print ${expected}, but it ended: ${line}`);
      }
      await this.#next(end - Date.now());
    }
    throw new Error(`Expected the launcher to print ${expected} within ${LIMIT} ms`);
  }

  #next(limit) {
    return new Promise(resolve => {
      const wakeUp = () => {
        clearTimeout(timer);
        this.#wakeUps.delete(wakeUp);
        resolve();
      };
      const timer = setTimeout(wakeUp, limit);
      this.#wakeUps.add(wakeUp);
    });
  }

  async order(text, expected) {
    this.#process.stdin.write(`${text}\n`);
    return this.prints(expected);
  }

  /** Kills a part behind the launcher's back. */
  kill(part) {
    process.kill(this.#processes.get(part), 'SIGKILL');
  }

  /** As Ctrl-C does. */
  stop() {
    this.#process.kill('SIGINT');
    return this.exit;
  }

  /** Which of its four ports somebody still answers on. */
  async answeringPorts() {
    const ports = [0, 1, 2, 3].map(offset => this.port + offset);
    const answers = await Promise.all(ports.map(answersOn));
    return ports.filter((port, i) => answers[i]);
  }
}

function answersOn(port) {
  return new Promise(resolve => {
    const socket = net.connect(port, '127.0.0.1');
    const end = answer => {
      socket.destroy();
      resolve(answer);
    };
    socket.on('connect', () => end(true)).on('error', () => end(false));
  });
}
